Instance: h2c-safety-endpoint
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(safety-endpoint, ResearchStudy)
* name = "H2CSafetyEndpoint"
* title = "Primary endpoint"
* description = "Incidence of study-related adverse events until the horizon."
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
