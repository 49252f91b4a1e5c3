Instance: h2c-dosing-gate
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(dosing-gate, ResearchSubject)
* name = "H2CDosingGate"
* title = "May a planned dose be given?"
* description = "Decides on a planned dose by unacceptable toxicity, enrolment, consent, product, assessments and the dose before."
* affectsState = false
* parameter[+].name = #asOf
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The moment that is asked about: a dateTime with a zone, or a date for its end at the sites. Default: now."
* parameter[=].type = #dateTime
* parameter[+].name = #day
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The planned day of the dose: one of those of the plan."
* parameter[=].type = #integer
* parameter[+].name = #cycle
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The cycle. Default: 1."
* parameter[=].type = #positiveInt
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
* parameter[+].name = #day
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The planned day."
* parameter[=].type = #integer
* parameter[+].name = #cycle
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The cycle."
* parameter[=].type = #positiveInt
* parameter[+].name = #decision
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "proceed, hold, stop or not-evaluable."
* parameter[=].type = #code
* parameter[+].name = #reason
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "Why not."
* parameter[=].part[+].name = #rule
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The rule, R3/UT-1 for one."
* parameter[=].part[=].type = #string
* parameter[=].part[+].name = #effect
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "stop, hold or not-evaluable."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #record
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "The records, versioned."
* parameter[=].part[=].type = #Reference
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What was found."
* parameter[=].part[=].type = #string
