Instance: h2c-persistence-endpoint
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(persistence-endpoint, ResearchStudy)
* name = "H2CPersistenceEndpoint"
* title = "Persistence"
* description = "Persistence of CART-HER-2 in blood: survival estimates and geometric means."
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
