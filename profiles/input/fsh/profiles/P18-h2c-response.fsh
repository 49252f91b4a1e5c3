Profile: H2CResponse
Parent: H2CObservation
Id: h2c-response
Title: "Response"
Description: "The response by RECIST 1.1 at one time point: one Observation per code and time point, dated by the last image."
* code from H2CResponseCodeVS (required)
* method 1..1
* method = $ncit#C124415
* value[x] 1..1 MS
* value[x] only CodeableConcept
* value[x] from H2CResponseValueVS (required)
* effective[x] 1..1 MS
* effective[x] only dateTime
* derivedFrom 0..* MS
* component contains
    sumOfDiameters 0..1 MS and
    changeFromBaseline 0..1 and
    changeFromNadir 0..1 and
    irecist 0..1
* insert QuantityComponent(sumOfDiameters, $code#sum-of-diameters, mm)
* insert QuantityComponent(changeFromBaseline, $code#sod-change-baseline, %)
* insert QuantityComponent(changeFromNadir, $code#sod-change-nadir, %)
* insert CodedComponent(irecist, $code#irecist, H2CIrecistVS)
* component[irecist] ^comment = "Information only."
* obeys h2c-rsp-1 and h2c-rsp-2

Invariant: h2c-rsp-1
Description: "a best overall response names its assessments"
Severity: #error
Expression: "code.coding.where(code = 'C94536').exists() implies derivedFrom.exists()"

// Which value set the binding of P18 means depends on the code; a binding alone cannot say that.
Invariant: h2c-rsp-2
Description: "a new lesion has a lesion status (h2c-lesion-status), every other assessment a response (h2c-recist-vs)"
Severity: #error
Expression: "code.coding.where(code = 'C103420').exists() = value.coding.where(system = 'https://her2-cart.example.org/fhir/CodeSystem/h2c-lesion-status').exists()"
