Profile: H2CStudyVisit
Parent: Encounter
Id: h2c-study-visit
Title: "Study visit"
Description: "One visit of a subject, planned or not. An unscheduled visit is linked from AdverseEvent.encounter."
* insert BusinessIdentifier
* status 1..1 MS
* class 1..1
* class from H2CVisitClassVS (required)
* type 1..* MS
* insert SlicedBy(type.coding, value, system)
* type.coding contains visit 0..1 MS
* type.coding[visit].system 1..1
* type.coding[visit].system = "https://her2-cart.example.org/fhir/CodeSystem/h2c-visit"
* type.coding[visit].code 1..1
* type.coding[visit] from H2CVisitVS (required)
* subject 1..1 MS
* period 1..1 MS
* serviceProvider 1..1 MS
* serviceProvider only Reference(H2CSite)
* obeys h2c-vis-1

Invariant: h2c-vis-1
Description: "one type is a visit of the protocol"
Severity: #error
Expression: "type.coding.where(system = 'https://her2-cart.example.org/fhir/CodeSystem/h2c-visit').count() = 1"
