Profile: H2CEcog
Parent: H2CObservation
Id: h2c-ecog
Title: "ECOG performance status"
Description: "The performance status by ECOG, 0 to 5."
* code = $loinc#89247-1
* value[x] 0..1 MS
* value[x] only integer
* obeys h2c-eco-1

Invariant: h2c-eco-1
Description: "ECOG is 0 to 5"
Severity: #error
Expression: "value.exists() implies (value >= 0 and value <= 5)"
