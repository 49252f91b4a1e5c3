Instance: h2c-best-response
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(best-response, ResearchSubject)
* name = "H2CBestResponse"
* title = "Best overall response"
* description = "Best overall response by RECIST 1.1 until the cut-off, and every assessment."
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
* parameter[+].name = #bestOverallResponse
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "CR, PR, SD, PD, NE or NON-CR/NON-PD."
* parameter[=].type = #code
* parameter[+].name = #confirmed
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Whether it was confirmed."
* parameter[=].type = #boolean
* parameter[+].name = #unconfirmedBestResponse
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The best without confirmation."
* parameter[=].type = #code
* parameter[+].name = #bestPercentChange
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The best change of the sum of diameters from baseline, in percent."
* parameter[=].type = #decimal
* parameter[+].name = #assessment
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "One time point."
* parameter[=].part[+].name = #date
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Its date."
* parameter[=].part[=].type = #date
* parameter[=].part[+].name = #studyDay
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Its study day."
* parameter[=].part[=].type = #integer
* parameter[=].part[+].name = #response
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What the investigator says."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #recomputed
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What the measurements say."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #sumOfDiameters
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "In mm."
* parameter[=].part[=].type = #Quantity
* parameter[=].part[+].name = #percentChangeFromBaseline
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "In percent."
* parameter[=].part[=].type = #decimal
* parameter[=].part[+].name = #percentChangeFromNadir
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "In percent."
* parameter[=].part[=].type = #decimal
* parameter[=].part[+].name = #record
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The assessment, versioned."
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
