Profile: H2CLesionMeasurement
Parent: H2CObservation
Id: h2c-lesion-measurement
Title: "Lesion measurement"
Description: "The size or the status of one lesion at one time point. Too small to measure: 5 mm, and TSTM as text of the interpretation."
* code from H2CLesionMeasurementCodeVS (required)
* focus 1..1 MS
* focus only Reference(H2CLesion)
* value[x] 0..1 MS
* value[x] only Quantity or CodeableConcept
* valueCodeableConcept from H2CLesionStatusVS (required)
* method 1..1 MS
* method from H2CImagingMethodVS (extensible)
* derivedFrom 0..*
* derivedFrom only Reference(ImagingStudy)
* obeys h2c-les-1 and h2c-les-2

Invariant: h2c-les-1
Description: "a size is a number of millimetres"
Severity: #error
Expression: "value.ofType(Quantity).exists() implies (value.code = 'mm' and value.value >= 0)"

Invariant: h2c-les-2
Description: "a tumour status is a code, a diameter a size"
Severity: #error
Expression: "value.exists() implies (code.coding.where(code = 'C96643').exists() = (value is CodeableConcept))"
