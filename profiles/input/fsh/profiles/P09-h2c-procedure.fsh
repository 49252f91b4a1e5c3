Profile: H2CProcedure
Parent: Procedure
Id: h2c-procedure
Title: "Procedure"
Description: "Leukapheresis or tumour biopsy. A Procedure exists so that an adverse event can name it as suspect."
* insert BusinessIdentifier
* status 1..1 MS
* code 1..1 MS
* code from H2CProcedureVS (required)
* code ^comment = "Leukapheresis carries NCIT#C15191 as a further coding."
* subject 1..1 MS
* performed[x] 1..1 MS
* performed[x] only dateTime or Period
* bodySite 0..* MS
* obeys h2c-proc-1

Invariant: h2c-proc-1
Description: "a biopsy names its site"
Severity: #error
Expression: "code.coding.where(code = 'tumour-biopsy').exists() implies bodySite.exists()"
