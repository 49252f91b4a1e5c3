Profile: H2CDeviation
Parent: DetectedIssue
Id: h2c-deviation
Title: "Deviation"
Description: "A protocol deviation or data finding that the server writes; clients may change mitigation only."
* identifier 1..1 MS
* identifier.system 1..1
* identifier.system = "https://her2-cart.example.org/fhir/sid/deviation"
* identifier.value 1..1
* status 1..1 MS
* status from H2CDeviationStatusVS (required)
* code 1..1 MS
* code from H2CDeviationVS (required)
* severity 1..1 MS
* patient 1..1 MS
* identified[x] MS
* implicated 1..* MS
* implicated ^comment = "The focal record first."
* detail 1..1 MS
* extension contains
    H2CRule named rule 1..* MS and
    H2CDiscovery named discovery 1..1 MS
* obeys h2c-dev-1

Invariant: h2c-dev-1
Description: "a deviation is dated and names its records"
Severity: #error
Expression: "status in ('final' | 'corrected') implies (identified.exists() and implicated.exists())"
