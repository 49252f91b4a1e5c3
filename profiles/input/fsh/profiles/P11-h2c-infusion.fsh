Profile: H2CInfusion
Parent: MedicationAdministration
Id: h2c-infusion
Title: "Infusion"
Description: "One dose of CART-HER-2, planned for day 0, 1 or 2: given, partly given, or not given and why."
* insert Administration
* medication[x] only CodeableConcept or Reference(H2CProduct)
* medicationCodeableConcept = $product#cart-her-2
* medicationCodeableConcept ^comment = "Only when the dose was not done."
* dosage.dose ^comment = "Viable CAR-positive T cells given."
* extension contains H2CInfusionDetail named infusionDetail 1..1 MS
* obeys h2c-inf-1 and h2c-inf-2 and h2c-inf-3 and h2c-inf-4

// What an infusion and lymphodepletion share.
RuleSet: Administration
* insert BusinessIdentifier
* status 1..1 MS
* status from H2CAdministrationStatusVS (required)
* statusReason 0..*
* statusReason MS
* statusReason from H2CNotDoneVS (required)
* medication[x] 1..1 MS
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* effective[x] ^comment = "A Period is preferred; times carry their zone."
* dosage.dose 0..1 MS
* dosage.route 0..1
* dosage.route MS
* dosage.route = $sct#47625008
* performer 0..* MS

Invariant: h2c-inf-1
Description: "a dose not given says why and has no dose"
Severity: #error
Expression: "(status = 'not-done') implies (statusReason.exists() and dosage.empty())"

Invariant: h2c-inf-2
Description: "a dose given names its lot and cell number"
Severity: #error
Expression: "(status in ('completed' | 'stopped' | 'in-progress')) implies (medication is Reference and dosage.dose.exists())"

Invariant: h2c-inf-3
Description: "dose is a positive number of cells"
Severity: #error
Expression: "dosage.dose.exists() implies (dosage.dose.system = 'http://unitsofmeasure.org' and dosage.dose.code = '{cells}' and dosage.dose.value > 0)"

Invariant: h2c-inf-4
Description: "the planned day is the number of the infusion less one"
Severity: #warning
Expression: "extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-infusion-detail').extension('plannedDay').value = extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-infusion-detail').extension('infusionNumber').value - 1"
