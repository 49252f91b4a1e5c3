Instance: h2c-response-endpoint
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(response-endpoint, ResearchStudy)
* name = "H2CResponseEndpoint"
* title = "Response"
* description = "Objective response and disease control with exact intervals."
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
