Instance: h2c-persistence
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(persistence, ResearchSubject)
* name = "H2CPersistence"
* title = "Persistence kinetics"
* description = "Kinetics of CART-HER-2 in blood of one subject."
* affectsState = false
* parameter[+].name = #asOf
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The moment that is asked about: a dateTime with a zone, or a date for its end at the sites. Default: now."
* parameter[=].type = #dateTime
* parameter[+].name = #target
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The target of the assay. Default: persist-tcrz-cd137."
* parameter[=].type = #code
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
* parameter[+].name = #target
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The target."
* parameter[=].type = #code
* parameter[+].name = #method
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The method of the series."
* parameter[=].type = #code
* parameter[+].name = #cmax
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "In {copies}/ug."
* parameter[=].type = #Quantity
* parameter[+].name = #tmax
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "In d."
* parameter[=].type = #Quantity
* parameter[+].name = #auc
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Over days 0 to 28, in {copies}/ug.d."
* parameter[=].type = #Quantity
* parameter[+].name = #tlast
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "In d."
* parameter[=].type = #Quantity
* parameter[+].name = #engrafted
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Whether the cells engrafted."
* parameter[=].type = #boolean
* parameter[+].name = #outcome
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "persisting, unconfirmed, lost or never-engrafted."
* parameter[=].type = #code
* parameter[+].name = #lossDate
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The date of the loss of engraftment."
* parameter[=].type = #date
* parameter[+].name = #lossDay
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Its study day."
* parameter[=].type = #integer
* parameter[+].name = #duration
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Persistence in d."
* parameter[=].type = #Quantity
* parameter[+].name = #event
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Whether the duration ended by loss."
* parameter[=].type = #boolean
* parameter[+].name = #point
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "One sample."
* parameter[=].part[+].name = #time
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "In d."
* parameter[=].part[=].type = #Quantity
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "As it enters the kinetics."
* parameter[=].part[=].type = #Quantity
* parameter[=].part[+].name = #detected
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Whether the cells were detected."
* parameter[=].part[=].type = #boolean
* parameter[=].part[+].name = #record
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "The results, versioned."
* parameter[=].part[=].type = #Reference
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
