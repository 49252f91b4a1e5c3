Profile: H2CSubject
Parent: ResearchSubject
Id: h2c-subject
Title: "Subject"
Description: "One participation of one patient in the trial. Subject number, order number, assigned arm and progress are the server's. It is entered in error when it is deleted."
* insert BusinessIdentifier
* insert SlicedBy(identifier, value, system)
* identifier contains subjectNumber 0..1 MS and screening 0..1 MS
* identifier[subjectNumber].system = "https://her2-cart.example.org/fhir/sid/subject-number"
* identifier[subjectNumber] ^comment = "H2C- and the order number padded to three digits; set by the server at enrolment."
* identifier[screening].system = "https://her2-cart.example.org/fhir/sid/screening-number"
* status 1..1 MS
* period 0..1 MS
* period ^comment = "Participation, not eligibility: start = consent date, end = last day on study."
* study 1..1 MS
* study only Reference(H2CStudy)
* individual 1..1 MS
* individual only Reference(H2CPatient)
* assignedArm 0..1 MS
* actualArm 0..1 MS
* consent 0..1 MS
* consent only Reference(H2CConsent)
* extension contains
    H2CEnrolmentOrder named enrolmentOrder 0..1 MS and
    H2CSubjectSite named subjectSite 1..1 MS and
    H2CProgress named progress 0..* MS and
    H2CDisposition named disposition 0..* MS
* extension[subjectSite].value[x] only Reference(H2CSite)
* obeys h2c-sub-1 and h2c-sub-2 and h2c-sub-3 and h2c-sub-4

Invariant: h2c-sub-1
Description: "a subject on study has consent, an order number and an arm"
Severity: #error
Expression: "(status in ('on-study' | 'on-study-intervention' | 'on-study-observation' | 'follow-up')) implies (consent.exists() and extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-enrolment-order').exists() and actualArm.exists())"

Invariant: h2c-sub-2
Description: "there is no order number before enrolment"
Severity: #error
Expression: "(status in ('candidate' | 'potential-candidate' | 'screening' | 'eligible' | 'ineligible' | 'not-registered' | 'pending-on-study')) implies extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-enrolment-order').empty()"

Invariant: h2c-sub-3
Description: "a subject who is off study, withdrawn or ineligible has a disposition"
Severity: #error
Expression: "(status in ('off-study' | 'withdrawn' | 'ineligible')) implies extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-disposition').exists()"

Invariant: h2c-sub-4
Description: "the actual arm is the assigned arm"
Severity: #warning
Expression: "(assignedArm.exists() and actualArm.exists()) implies (assignedArm = actualArm)"
