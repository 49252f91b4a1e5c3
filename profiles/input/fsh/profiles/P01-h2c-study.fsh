Profile: H2CStudy
Parent: ResearchStudy
Id: h2c-study
Title: "Study"
Description: "The trial NCT01935843: its objectives, arms, outcome measures and the allocation of subjects by order of enrolment."
* insert BusinessIdentifier
* insert SlicedBy(identifier, value, system)
* identifier contains nct 1..1 MS
* identifier[nct].system = "https://clinicaltrials.gov/nctid"
* identifier[nct].type 0..0
* identifier[nct].type ^comment = "v2-0203 NCT means naturalization certificate, not a trial number."
* title 1..1 MS
* description 1..1 MS
* status 1..1 MS
* primaryPurposeType 1..1
* primaryPurposeType = $purpose#treatment
* phase 0..1
* protocol 1..1 MS
* protocol only Reference(PlanDefinition)
* focus 1..* MS
* focus = $product#cart-her-2
* condition 3..* MS
* condition from H2CStudyConditionVS (required)
* keyword 5..*
* sponsor 1..1 MS
* site 1..* MS
* site ^comment = "A Location in R4; its managingOrganization is the trial site."
* enrollment 1..1 MS
* enrollment only Reference(H2CEnrolledGroup)
* arm 1..* MS
* objective 7..* MS
* objective.name 1..1
* objective.type 1..1
* extension contains
    H2CArmAllocation named armAllocation 1..* and
    H2COutcomeMeasure named outcomeMeasure 3..* MS
* obeys h2c-st-1 and h2c-st-2 and h2c-st-3

Invariant: h2c-st-1
Description: "the NCT number is NCT and eight digits"
Severity: #error
Expression: "identifier.where(system = 'https://clinicaltrials.gov/nctid').value.all($this.matches('^NCT[0-9]{8}$'))"

Invariant: h2c-st-2
Description: "every allocated arm exists"
Severity: #error
Expression: "extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-arm-allocation').extension('arm').value.all($this in %resource.arm.name)"

Invariant: h2c-st-3
Description: "there is exactly one primary outcome measure"
Severity: #error
Expression: "extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-outcome-measure').extension.where(url = 'type' and value = 'primary').count() = 1"
