Instance: h2c-feasibility
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(feasibility, ResearchStudy)
* name = "H2CFeasibility"
* title = "Feasibility"
* description = "How far the subjects came, and what became of the doses."
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
* parameter[+].name = #screened
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Subjects past candidate."
* parameter[=].type = #integer
* parameter[+].name = #eligible
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Subjects found eligible."
* parameter[=].type = #integer
* parameter[+].name = #enrolled
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Subjects with an order number."
* parameter[=].type = #integer
* parameter[+].name = #apheresed
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Subjects with a completed leukapheresis."
* parameter[=].type = #integer
* parameter[+].name = #released
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Subjects with a released lot of their own."
* parameter[=].type = #integer
* parameter[+].name = #infused
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Subjects with a dose."
* parameter[=].type = #integer
* parameter[+].name = #infusedAll
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Subjects with all doses of cycle 1."
* parameter[=].type = #integer
* parameter[+].name = #dosesGiven
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Doses that were started."
* parameter[=].type = #integer
* parameter[+].name = #dosesHeldForToxicity
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Doses that were not given for toxicity."
* parameter[=].type = #integer
* parameter[+].name = #dosesNotGivenOther
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Doses that were not given for another reason."
* parameter[=].type = #integer
* parameter[+].name = #daysApheresisToInfusion
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Days from the apheresis of the lot to Day 0."
* parameter[=].part[+].name = #median
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Median."
* parameter[=].part[=].type = #decimal
* parameter[=].part[+].name = #min
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Smallest."
* parameter[=].part[=].type = #integer
* parameter[=].part[+].name = #max
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Largest."
* parameter[=].part[=].type = #integer
* parameter[+].name = #absent
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "A metric that has no value, and why."
* parameter[=].part[+].name = #metric
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The metric."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #reason
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "A code of data-absent-reason."
* parameter[=].part[=].type = #code
