Instance: h2c-immunity-correlation
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(immunity-correlation, ResearchStudy)
* name = "H2CImmunityCorrelation"
* title = "Host immunity and loss of engraftment"
* description = "Two by two tables at the landmark with exact test and coefficients."
* affectsState = false
* parameter[+].name = #asOf
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The moment that is asked about: a dateTime with a zone, or a date for its end at the sites. Default: now."
* parameter[=].type = #dateTime
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The report."
* parameter[=].type = #MeasureReport
