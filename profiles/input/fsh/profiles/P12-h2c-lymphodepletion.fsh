Profile: H2CLymphodepletion
Parent: MedicationAdministration
Id: h2c-lymphodepletion
Title: "Lymphodepletion"
Description: "Optional conditioning before the infusions. Its absence is never a deviation."
* insert Administration
* medication[x] from H2CLymphodepletionVS (extensible)
* dosage.dose = 'mg'
* extension contains H2CVisit named visit 1..1
* extension[visit].value[x] = #LD
* obeys h2c-inf-1
