Profile: H2CObservation
Parent: Observation
Id: h2c-observation
Title: "Observation"
Description: "What every Observation of the trial has in common. No resource claims it by itself."
* ^abstract = true
* insert BusinessIdentifier
* status 1..1 MS
* code 1..1 MS
* category 1..* MS
* category from http://hl7.org/fhir/ValueSet/observation-category (extensible)
* subject 1..1 MS
* subject only Reference(H2CPatient)
* effective[x] 0..1 MS
* effective[x] only dateTime or Period
* effective[x] ^comment = "With a specimen it equals the collection time; trial rules use the specimen's when they differ."
* specimen MS
* method MS
* performer MS
* interpretation MS
* dataAbsentReason MS
* derivedFrom MS
* component 0..*
* insert SlicedBy(component, value, code)
* obeys h2c-obs-1 and h2c-obs-2 and h2c-obs-3

Invariant: h2c-obs-1
Description: "there is a result or a reason for none"
Severity: #error
Expression: "value.exists() or component.value.exists() or hasMember.exists() or dataAbsentReason.exists()"

Invariant: h2c-obs-2
Description: "a reported observation is dated"
Severity: #error
Expression: "(status in ('final' | 'amended' | 'corrected')) implies effective.exists()"

Invariant: h2c-obs-3
Description: "a cancelled observation has no value"
Severity: #error
Expression: "(status = 'cancelled') implies (value.empty() and dataAbsentReason.exists())"
