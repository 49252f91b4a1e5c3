Profile: H2CRcl
Parent: H2CObservation
Id: h2c-rcl
Title: "Replication-competent virus"
Description: "A test for replication-competent virus in blood. Archived: no value, dataAbsentReason not-performed."
* code = $code#rcl-blood
* method 1..1 MS
* method from H2CRclMethodVS (required)
* value[x] 0..1 MS
* value[x] only CodeableConcept
* value[x] from H2CQualitativeVS (required)
* specimen 1..1 MS
* obeys h2c-rcl-1

Invariant: h2c-rcl-1
Description: "a positive result is explained in a note"
Severity: #error
Expression: "value.coding.where(code = 'POS').exists() implies note.exists()"
