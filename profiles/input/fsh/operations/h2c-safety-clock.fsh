Instance: h2c-safety-clock
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(safety-clock, ResearchStudy)
* name = "H2CSafetyClock"
* title = "Clocks of serious adverse events"
* description = "Serious, related and unexpected events with the date by which each is to be reported."
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
* parameter[+].name = #case
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "One event."
* parameter[=].part[+].name = #event
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The AdverseEvent."
* parameter[=].part[=].type = #Reference
* parameter[=].part[+].name = #subject
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The ResearchSubject."
* parameter[=].part[=].type = #Reference
* parameter[=].part[+].name = #clockStart
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Day 0 of the clock."
* parameter[=].part[=].type = #date
* parameter[=].part[+].name = #days
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Calendar days to the due date."
* parameter[=].part[=].type = #integer
* parameter[=].part[+].name = #due
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The due date."
* parameter[=].part[=].type = #date
* parameter[=].part[+].name = #completeDue
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The due date of the complete report."
* parameter[=].part[=].type = #date
* parameter[=].part[+].name = #state
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "open, overdue or closed."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #query
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Whether expectedness or relatedness is missing."
* parameter[=].part[=].type = #boolean
* parameter[+].name = #periodic
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "A serious event for the periodic report."
* parameter[=].type = #Reference
