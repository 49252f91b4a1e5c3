Profile: H2CTcellSubsets
Parent: H2CObservation
Id: h2c-tcell-subsets
Title: "T-cell subsets"
Description: "Subsets of CART-HER-2 by flow cytometry. Every percentage is of the parent gate; a subset not measured keeps its component with a dataAbsentReason."
* code = $code#tcell-subsets
* specimen 1..1 MS
* specimen only Reference(H2CSpecimenOfSubsets)
* method 0..1
* component contains
    parent 1..1 MS and
    tcm 1..1 MS and
    tem 1..1 MS and
    treg 1..1 MS and
    tnscm 0..1 and
    temra 0..1 and
    carOfCd3 0..1 MS and
    carCount 0..1 MS
* insert CodedComponent(parent, $code#parent-gate, H2CGateVS)
* insert QuantityComponent(tcm, $code#tcm, %)
* component[tcm] ^comment = "CD45RO+ CD62L+ (or CD45RA- CCR7+)."
* insert QuantityComponent(tem, $code#tem, %)
* component[tem] ^comment = "CD45RO+ CD62L- (or CD45RA- CCR7-)."
* insert QuantityComponent(treg, $code#treg, %)
* component[treg] ^comment = "CD4+ CD25+ CD127low FoxP3+; overlaps Tcm and Tem."
* insert QuantityComponent(tnscm, $code#tn-tscm, %)
* insert QuantityComponent(temra, $code#temra, %)
* insert QuantityComponent(carOfCd3, $code#car-of-cd3, %)
* insert QuantityComponent(carCount, $code#car-count, /uL)
* obeys h2c-tcs-1 and h2c-tcs-2

Invariant: h2c-tcs-1
Description: "Tcm and Tem are disjoint: together at most 100 %"
Severity: #error
Expression: "(component.where(code.coding.where(code = 'tcm').exists()).value.exists() and component.where(code.coding.where(code = 'tem').exists()).value.exists()) implies (component.where(code.coding.where(code = 'tcm').exists()).value.value + component.where(code.coding.where(code = 'tem').exists()).value.value <= 100)"

Invariant: h2c-tcs-2
Description: "percentages lie between 0 and 100"
Severity: #error
Expression: "component.value.where($this is Quantity and code = '%').all(value >= 0 and value <= 100)"
