Instance: h2c-trafficking
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(trafficking, ResearchSubject)
* name = "H2CTrafficking"
* title = "Relative trafficking"
* description = "Shares of CART-HER-2 in tumour bed and blood."
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
* parameter[=].documentation = "The shares, one Observation each."
* parameter[=].type = #Bundle
