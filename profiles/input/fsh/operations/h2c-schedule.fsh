Instance: h2c-schedule
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(schedule, ResearchSubject)
* name = "H2CSchedule"
* title = "Schedule of a subject"
* description = "Answers all visits with target, window, state and activities."
* affectsState = false
* comment = "A GET changes nothing. A POST also stores the CarePlan, and the deviations that time alone makes."
* parameter[+].name = #asOf
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The moment that is asked about: a dateTime with a zone, or a date for its end at the sites. Default: now."
* parameter[=].type = #dateTime
* parameter[+].name = #plannedDay0
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Day 0 as it is planned, before the first infusion; only by POST, which keeps it."
* parameter[=].type = #date
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The schedule."
* parameter[=].type = #CarePlan
