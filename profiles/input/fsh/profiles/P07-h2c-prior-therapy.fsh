Profile: H2CPriorTherapy
Parent: MedicationStatement
Id: h2c-prior-therapy
Title: "Prior therapy"
Description: "Earlier anticancer treatment. Refractory means progression on, or within 6 months after, that therapy, as judged by the investigator."
* insert BusinessIdentifier
* status 1..1 MS
* status from H2CPriorTherapyStatusVS (required)
* medication[x] 1..1 MS
* medication[x] from H2CRxNormVS (preferred)
* subject 1..1 MS
* effective[x] 1..1 MS
* effective[x] only Period
* reasonReference 0..* MS
* reasonReference only Reference(H2CDisease)
* extension contains H2CPriorTherapyExtension named priorTherapy 1..1 MS
* obeys h2c-pt-1

Invariant: h2c-pt-1
Description: "a refractory therapy states when the disease progressed"
Severity: #error
Expression: "extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-prior-therapy').extension('refractory').where(value = true).exists() implies extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-prior-therapy').extension('progressionDate').exists()"
