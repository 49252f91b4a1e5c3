Profile: H2CHer2Status
Parent: H2CObservation
Id: h2c-her2-status
Title: "HER-2 status"
Description: "HER-2 status by immunohistochemistry, in situ hybridisation or both."
* code = $loinc#48676-1
* value[x] 0..1 MS
* value[x] only CodeableConcept
* value[x] from H2CQualitativeVS (required)
* specimen 0..1 MS
* component contains
    ihcScore 0..1 MS and
    ihcPercent 0..1 MS and
    ishRatio 0..1 MS and
    ishCopies 0..1 MS and
    ishResult 0..1 MS
* insert CodedComponent(ihcScore, $code#her2-ihc-score, H2CIhcVS)
* insert QuantityComponent(ihcPercent, $code#her2-ihc-percent, %)
* component[ihcPercent] ^comment = "Tumour cells stained."
* insert QuantityComponent(ishRatio, $loinc#49683-6, 1)
* component[ishRatio] ^comment = "HER2/CEP17."
* insert QuantityComponent(ishCopies, $loinc#74860-8, 1)
* component[ishCopies] ^comment = "Signals per nucleus."
* insert CodedComponent(ishResult, $loinc#31150-6, H2CQualitativeVS)
* obeys h2c-her2-1 and h2c-her2-2

Invariant: h2c-her2-1
Description: "a status rests on a score or an ISH result"
Severity: #error
Expression: "dataAbsentReason.exists() or component.where(code.coding.where(code in ('her2-ihc-score' | '49683-6' | '31150-6')).exists()).value.exists()"

Invariant: h2c-her2-2
Description: "positive means IHC 3+, ISH amplified, or ratio ≥ 2.0"
Severity: #warning
Expression: "value.coding.where(code = 'POS').exists() implies (component.where(code.coding.where(code = 'her2-ihc-score').exists()).value.coding.where(code = '3+').exists() or component.where(code.coding.where(code = '31150-6').exists()).value.coding.where(code = 'POS').exists() or component.where(code.coding.where(code = '49683-6').exists()).value.where($this is Quantity and value >= 2.0).exists())"
