Instance: h2c-safety-signal
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(safety-signal, ResearchStudy)
* name = "H2CSafetySignal"
* title = "Safety signal"
* description = "Whether enrolment should pause. Advice: it changes nothing."
* affectsState = false
* parameter[+].name = #asOf
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The moment that is asked about: a dateTime with a zone, or a date for its end at the sites. Default: now."
* parameter[=].type = #dateTime
* parameter[+].name = #study
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The study."
* parameter[=].type = #Reference
* parameter[+].name = #asOf
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The moment that the answer is about."
* parameter[=].type = #dateTime
* parameter[+].name = #advice
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "continue or pause-enrolment."
* parameter[=].type = #code
* parameter[+].name = #n
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Subjects that count."
* parameter[=].type = #integer
* parameter[+].name = #dlt
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Subjects with a dose-limiting toxicity."
* parameter[=].type = #integer
* parameter[+].name = #boundary
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The number at which to pause."
* parameter[=].type = #integer
* parameter[+].name = #reason
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "Why to pause."
* parameter[=].part[+].name = #rule
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The rule, R12/boundary for one."
* parameter[=].part[=].type = #string
* parameter[=].part[+].name = #record
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "The records, versioned."
* parameter[=].part[=].type = #Reference
