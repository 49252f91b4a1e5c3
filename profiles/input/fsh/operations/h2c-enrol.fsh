Instance: h2c-enrol
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(enrol, ResearchSubject)
* name = "H2CEnrol"
* title = "Enrol a subject"
* description = "Gives a subject the next order number of the study, a subject number, an arm and membership in the group of all enrolled, in one commit. A subject that has an order number is answered unchanged."
* affectsState = true
* parameter[+].name = #date
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The date of the enrolment, at most now. Default: now."
* parameter[=].type = #dateTime
* parameter[+].name = #override
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Enrol although a criterion of eligibility is not met; a deviation is recorded."
* parameter[=].type = #boolean
* parameter[+].name = #reason
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Why it is overridden; required with override."
* parameter[=].type = #string
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The enrolled subject."
* parameter[=].type = #ResearchSubject
