Profile: H2CAdverseEvent
Parent: AdverseEvent
Id: h2c-adverse-event
Title: "Adverse event"
Description: "An adverse event of a subject, by the Adverse Event Clinical Research R4 Backport 1.0.1, except that an outcome may be unknown."
* modifierExtension contains AEStatus named status 1..1 MS
* identifier 1..1 MS
* identifier.system 1..1
* identifier.value 1..1
* actuality 1..1
* actuality = #actual
* event 1..1 MS
* event.text 1..1
* event.text ^comment = "The verbatim term."
* insert SlicedBy(event.coding, value, system)
* event.coding contains ctcae 1..1 MS and local 0..1 MS and meddra 0..1
* event.coding[ctcae].system 1..1
* event.coding[ctcae].system = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"
* event.coding[ctcae].code 1..1
* event.coding[ctcae] from H2CCtcaeVS (extensible)
* event.coding[local].system 1..1
* event.coding[local].system = "https://her2-cart.example.org/fhir/CodeSystem/h2c-ae-term"
* event.coding[local].code 1..1
* event.coding[local] from H2CAeTermVS (required)
* event.coding[meddra].system 1..1
* event.coding[meddra].system = "https://www.meddra.org"
* subject 1..1 MS
* subject only Reference(Patient)
* study 1..1 MS
* study only Reference(H2CStudy)
* encounter 0..1 MS
* encounter only Reference(H2CStudyVisit)
* date 1..1 MS
* date ^comment = "Onset, with time when known."
* detected 0..1 MS
* recordedDate 1..1 MS
* seriousness 1..1 MS
* seriousness from H2CSeriousnessVS (required)
* seriousness ^comment = "Lower case, as HL7 Terminology spells it; R4's own copy of the code system has Serious."
* severity ^comment = "Accepted and ignored: the grade governs."
* outcome 1..1 MS
* outcome ^comment = "Two codings: R4's and NCIt's."
* suspectEntity 0..0
* resultingCondition 0..0
* subjectMedicalHistory 0..0
* referenceDocument 0..0
* extension contains
    AEResearchSubjectRef named researchSubject 1..1 MS and
    AEGrade named grade 1..1 MS and
    H2CGradingScale named gradingScale 1..1 MS and
    AESeriousnessCriteria named seriousnessCriteria 0..* MS and
    AESuspectEntity named suspectEntity 0..* MS and
    AEExpectedInResearchStudy named expected 0..1 MS and
    AEResolveDate named resolveDate 0..1 MS and
    AECausedSubjectToDiscontinueStudy named discontinued 0..1 MS and
    AEMitigatingAction named mitigatingAction 0..* MS and
    AENote named note 0..* MS and
    H2CDlt named dlt 0..1 MS and
    H2CActionTaken named actionTaken 0..1 MS and
    H2CVisit named visit 0..1 MS and
    H2CSponsorAwareness named sponsorAwareness 0..1 MS
* extension[grade].value[x] from H2CAeGradeVS (required)
* extension[seriousnessCriteria].extension[criterionCode].value[x] from H2CSeriousnessCriteriaVS (extensible)
* extension[suspectEntity].extension[instance].value[x] only Reference(H2CInfusion or H2CProcedure or H2CLymphodepletion or H2CProduct)
* extension[suspectEntity].extension[causality].extension[entityRelatedness].value[x] from H2CRelatednessVS (required)
* obeys aeClinRes-seriousness-1
* obeys h2c-ae-1 and h2c-ae-2 and h2c-ae-3 and h2c-ae-4 and h2c-ae-5 and h2c-ae-6
* obeys h2c-ae-7 and h2c-ae-8 and h2c-ae-9 and h2c-ae-10 and h2c-ae-11 and h2c-ae-12

Invariant: aeClinRes-seriousness-1
Description: "serious if and only if there are seriousness criteria, and exactly one of serious and non-serious (a non-serious event carries no criterion at all, not even one that is not present)"
Severity: #error
Expression: "(seriousness.coding.exists(system = 'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness' and code = 'serious') and extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/seriousness-criteria').exists() and seriousness.coding.exists(system = 'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness' and code = 'non-serious').not()) or (seriousness.coding.exists(system = 'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness' and code = 'non-serious') and seriousness.coding.exists(system = 'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness' and code = 'serious').not() and extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/seriousness-criteria').exists().not())"

Invariant: h2c-ae-1
Description: "exactly one outcome is a code of R4's adverse-event-outcome"
Severity: #error
Expression: "outcome.coding.where(system = 'http://terminology.hl7.org/CodeSystem/adverse-event-outcome').count() = 1"

Invariant: h2c-ae-2
Description: "exactly one outcome is a code of the NCIt, unless the outcome is unknown"
Severity: #error
Expression: "outcome.coding.where(code = 'unknown').exists() or outcome.coding.where(system = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl').count() = 1"

Invariant: h2c-ae-3
Description: "the grade is 5 if, and only if, the outcome is fatal"
Severity: #error
Expression: "extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/ae-grade').value.coding.where(code = 'C48275').exists() = outcome.coding.where(code = 'fatal').exists()"

Invariant: h2c-ae-4
Description: "a fatal event has death among its seriousness criteria"
Severity: #error
Expression: "outcome.coding.where(code = 'fatal').exists() implies extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/seriousness-criteria').where(extension('criterionCode').value.coding.where(code = 'C48275').exists() and extension('criterionPresent').value = true).exists()"

Invariant: h2c-ae-5
Description: "a DLT is at least possibly related"
Severity: #warning
Expression: "extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-dlt').where(value = true).exists() implies (extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/suspect-entity').extension('causality').extension('entityRelatedness').value.empty() or extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/suspect-entity').extension('causality').extension('entityRelatedness').value.coding.where(code in ('C53258' | 'C53259' | 'C53260')).exists())"

Invariant: h2c-ae-6
Description: "the event does not end before it starts"
Severity: #error
Expression: "(extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/resolve-date').value.exists() and date.exists()) implies iif(extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/resolve-date').value < date, false, true)"

Invariant: h2c-ae-7
Description: "a resolved event has the date of its resolution (resolve-date)"
Severity: #error
Expression: "outcome.coding.where(code in ('resolved' | 'resolvedWithSequelae')).exists() implies extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/resolve-date').exists()"

Invariant: h2c-ae-8
Description: "CRS and ICANS are graded by ASTCT"
Severity: #error
Expression: "event.coding.where(code in ('C143394' | 'icans')).exists() implies extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-grading-scale').where(value = 'astct-2019').exists()"

Invariant: h2c-ae-9
Description: "the outcome codes of R4 and of the NCIt say the same"
Severity: #error
Expression: "outcome.coding.where(system = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl').exists() implies ((outcome.coding.where(system = 'http://terminology.hl7.org/CodeSystem/adverse-event-outcome').code.first() & outcome.coding.where(system = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl').code.first()) in ('resolvedC49498' | 'unknownC17998' | 'recoveringC49496' | 'ongoingC49494' | 'resolvedWithSequelaeC49495' | 'fatalC48275'))"

Invariant: h2c-ae-10
Description: "each suspect names its relatedness (causality, entityRelatedness)"
Severity: #warning
Expression: "extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/suspect-entity').exists() and extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/suspect-entity').all(extension('causality').extension('entityRelatedness').value.exists())"

Invariant: h2c-ae-11
Description: "a MedDRA code has eight digits"
Severity: #error
Expression: "event.coding.where(system = 'https://www.meddra.org' or system = 'http://terminology.hl7.org/CodeSystem/mdr').code.all($this.matches('^[0-9]{8}$'))"

Invariant: h2c-ae-12
Description: "seriousness is in lower case: write serious or non-serious, not Serious or Non-serious"
Severity: #error
Expression: "seriousness.coding.where(code in ('Serious' | 'Non-serious')).empty()"
