Extension: H2CVisit
Id: h2c-visit
Title: "Visit"
Description: "The planned visit to which a record belongs."
Context: Observation, MedicationAdministration, Procedure, Specimen, AdverseEvent, Consent, MedicationStatement
* value[x] 1..1
* value[x] only code
* value[x] from H2CVisitVS (required)

Extension: H2CStudyDay
Id: h2c-study-day
Title: "Study day"
Description: "The site's own claim of the study day on the protocol scale (Day 0 is the first infusion); one that differs from the computed day is a warning."
Context: Observation, MedicationAdministration, Procedure, Specimen, AdverseEvent, Consent, MedicationStatement, Encounter
* value[x] 1..1
* value[x] only integer
