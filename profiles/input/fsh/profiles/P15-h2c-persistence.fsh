Profile: H2CPersistence
Parent: H2CObservation
Id: h2c-persistence
Title: "Persistence"
Description: "CART-HER-2 by PCR: one target, one specimen, one result. Below the limit of detection is a value with the comparator <, never 0 and never a dataAbsentReason."
* code from H2CPersistenceCodeVS (required)
* insert SlicedBy(category, pattern, $this)
* category contains laboratory 1..1
* category[laboratory] = $category#laboratory
* specimen 1..1 MS
* specimen only Reference(H2CSpecimenOfPersistence)
* method 1..1 MS
* method from H2CPcrMethodVS (required)
* value[x] 0..1 MS
* value[x] only Quantity
* value[x] = '{copies}/ug'
* interpretation 0..1 MS
* interpretation from H2CDetectionVS (required)
* component contains
    lod 1..1 MS and
    lloq 1..1 MS and
    input 0..1 MS
* insert QuantityComponent(lod, $code#lod, {copies}/ug)
* component[lod] ^comment = "Of this run; dataAbsentReason when no run was made."
* insert QuantityComponent(lloq, $code#lloq, {copies}/ug)
* component[lloq] ^comment = "Of this run; dataAbsentReason when no run was made."
* insert QuantityComponent(input, $code#input-nucleic-acid, ug)
* obeys h2c-per-1 and h2c-per-2 and h2c-per-3 and h2c-per-4 and h2c-per-5 and h2c-per-6 and h2c-per-7

Invariant: h2c-per-1
Description: "there is a value or a reason for none, not both"
Severity: #error
Expression: "value.exists() xor dataAbsentReason.exists()"

Invariant: h2c-per-2
Description: "where there is a comparator, it is < and the value is the LOD or LLOQ of this run"
Severity: #error
Expression: "value.comparator.exists() implies (value.comparator = '<' and (value.value = component.where(code.coding.where(code = 'lod').exists()).value.value or value.value = component.where(code.coding.where(code = 'lloq').exists()).value.value))"

Invariant: h2c-per-3
Description: "a result not detected (ND) is written as < LOD"
Severity: #error
Expression: "interpretation.coding.where(code = 'ND').exists() implies (value.comparator = '<' and value.value = component.where(code.coding.where(code = 'lod').exists()).value.value)"

Invariant: h2c-per-4
Description: "a result says detected or not detected"
Severity: #error
Expression: "value.exists() implies (interpretation.coding.where(code = 'DET' or code = 'ND').count() = 1)"

Invariant: h2c-per-5
Description: "a plain value is at or above LLOQ"
Severity: #error
Expression: "(value.exists() and value.comparator.empty()) implies (value.value >= component.where(code.coding.where(code = 'lloq').exists()).value.value)"

Invariant: h2c-per-6
Description: "LOD does not exceed LLOQ"
Severity: #error
Expression: "(component.where(code.coding.where(code = 'lod').exists()).value.exists() and component.where(code.coding.where(code = 'lloq').exists()).value.exists()) implies (component.where(code.coding.where(code = 'lod').exists()).value.value <= component.where(code.coding.where(code = 'lloq').exists()).value.value)"

Invariant: h2c-per-7
Description: "a result < LLOQ is interpreted as detected (DET)"
Severity: #error
Expression: "(value.exists() and value.comparator.exists() and value.value = component.where(code.coding.where(code = 'lloq').exists()).value.value and value.value != component.where(code.coding.where(code = 'lod').exists()).value.value) implies interpretation.coding.where(code = 'DET').exists()"
