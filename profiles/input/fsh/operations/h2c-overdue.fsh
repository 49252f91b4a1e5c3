Instance: h2c-overdue
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(overdue, ResearchStudy)
* name = "H2COverdue"
* title = "Overdue visits"
* description = "Lists visits that are overdue or missed, and visits that lack a required activity."
* affectsState = false
* comment = "A GET changes nothing. A POST also stores the deviations that time alone makes."
* parameter[+].name = #asOf
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The moment that is asked about: a dateTime with a zone, or a date for its end at the sites. Default: now."
* parameter[=].type = #dateTime
* parameter[+].name = #site
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The Organization, by its id or reference, whose subjects are listed. Default: all."
* parameter[=].type = #string
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
* parameter[+].name = #visit
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "A visit."
* parameter[=].part[+].name = #subject
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The ResearchSubject."
* parameter[=].part[=].type = #Reference
* parameter[=].part[+].name = #site
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The Organization."
* parameter[=].part[=].type = #Reference
* parameter[=].part[+].name = #code
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The visit."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #windowStart
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The first day of its window."
* parameter[=].part[=].type = #date
* parameter[=].part[+].name = #windowEnd
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The last day of its window."
* parameter[=].part[=].type = #date
* parameter[=].part[+].name = #state
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The state of the visit."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #missing
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A required activity without record."
* parameter[=].part[=].type = #code
