Profile: H2CVitalStatus
Parent: H2CObservation
Id: h2c-vital-status
Title: "Vital status"
Description: "Alive, dead or lost to follow-up on the date last known."
* code = $code#vital-status
* value[x] 1..1 MS
* value[x] only CodeableConcept
* value[x] from H2CVitalStatusVS (required)
* component contains causeOfDeath 0..1
* component[causeOfDeath].code = $code#cause-of-death
