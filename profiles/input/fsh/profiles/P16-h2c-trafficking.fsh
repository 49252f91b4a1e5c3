Profile: H2CTrafficking
Parent: H2CObservation
Id: h2c-trafficking
Title: "Trafficking"
Description: "Relative trafficking to the tumour bed or in peripheral blood, derived from persistence results."
* code from H2CTraffickingCodeVS (required)
* value[x] 0..1 MS
* value[x] only Quantity
* value[x] = '%'
* derivedFrom 0..* MS
* derivedFrom only Reference(H2CPersistence)
* derivedFrom ^comment = "The tumour result first, the blood result second."
* component contains
    bloodConc 1..1 MS and
    tumourConc 0..1 MS and
    bloodCmax 0..1 and
    ratio 0..1 MS
* insert QuantityComponent(bloodConc, $code#blood-concentration, {copies}/ug)
* insert QuantityComponent(tumourConc, $code#tumour-concentration, {copies}/ug)
* insert QuantityComponent(bloodCmax, $code#blood-cmax, {copies}/ug)
* component[bloodCmax] ^comment = "Only in the form that relates blood to the subject's own Cmax."
* insert QuantityComponent(ratio, $code#trafficking-ratio, {ratio})
* obeys h2c-tra-1

Invariant: h2c-tra-1
Description: "a share rests on a tumour and a blood result, or on the subject's own Cmax"
Severity: #error
Expression: "value.exists() implies (derivedFrom.count() >= 2 or component.where(code.coding.where(code = 'blood-cmax').exists()).exists())"
