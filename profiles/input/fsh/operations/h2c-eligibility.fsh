Instance: h2c-eligibility
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(eligibility, ResearchSubject)
* name = "H2CEligibility"
* title = "Eligibility of a subject"
* description = "Judges each criterion of eligibility by the latest final records."
* affectsState = false
* parameter[+].name = #asOf
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The moment that is asked about: a dateTime with a zone, or a date for its end at the sites. Default: now."
* parameter[=].type = #dateTime
* parameter[+].name = #subject
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Whom the answer is about."
* parameter[=].type = #Reference
* parameter[+].name = #asOf
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The moment that the answer is about."
* parameter[=].type = #dateTime
* parameter[+].name = #overall
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "eligible, ineligible or indeterminate."
* parameter[=].type = #code
* parameter[+].name = #criterion
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "One for each criterion."
* parameter[=].part[+].name = #id
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "E1 to E6 decide, G1 to G5 advise."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #state
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "met, unmet, unknown or not-applicable."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #advisory
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Whether it never blocks."
* parameter[=].part[=].type = #boolean
* parameter[=].part[+].name = #evidence
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "The records that decide, versioned."
* parameter[=].part[=].type = #Reference
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "A remark."
* parameter[=].part[=].type = #string
