Profile: H2CDisease
Parent: Condition
Id: h2c-disease
Title: "Disease"
Description: "The advanced HER-2-positive solid tumour."
* insert BusinessIdentifier
* clinicalStatus 0..1 MS
* verificationStatus 1..1 MS
* category 1..*
* code 1..1 MS
* code from H2CSolidTumourVS (extensible)
* bodySite 0..* MS
* subject 1..1 MS
* onset[x] 0..1 MS
* stage 0..* MS
* evidence.detail 0..* MS
* evidence.detail only Reference(H2CHer2Status)
* extension contains H2CExtent named extent 1..1 MS
* obeys h2c-dis-1

Invariant: h2c-dis-1
Description: "a condition not in error has a clinical status"
Severity: #error
Expression: "verificationStatus.coding.where(code = 'entered-in-error').exists() or clinicalStatus.exists()"
