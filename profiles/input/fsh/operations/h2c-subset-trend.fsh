Instance: h2c-subset-trend
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(subset-trend, ResearchSubject)
* name = "H2CSubsetTrend"
* title = "Subsets of CART-HER-2 T cells"
* description = "Subsets by visit and their change from the product."
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
* parameter[+].name = #subset
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "One subset."
* parameter[=].part[+].name = #code
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "tcm, tem or treg."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #product
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Percent in the product."
* parameter[=].part[=].type = #decimal
* parameter[=].part[+].name = #point
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "One blood sample."
* parameter[=].part[=].part[+].name = #visit
* parameter[=].part[=].part[=].use = #out
* parameter[=].part[=].part[=].min = 0
* parameter[=].part[=].part[=].max = "1"
* parameter[=].part[=].part[=].documentation = "The visit."
* parameter[=].part[=].part[=].type = #code
* parameter[=].part[=].part[+].name = #time
* parameter[=].part[=].part[=].use = #out
* parameter[=].part[=].part[=].min = 0
* parameter[=].part[=].part[=].max = "1"
* parameter[=].part[=].part[=].documentation = "In d."
* parameter[=].part[=].part[=].type = #Quantity
* parameter[=].part[=].part[+].name = #percent
* parameter[=].part[=].part[=].use = #out
* parameter[=].part[=].part[=].min = 1
* parameter[=].part[=].part[=].max = "1"
* parameter[=].part[=].part[=].documentation = "Percent of the gate."
* parameter[=].part[=].part[=].type = #decimal
* parameter[=].part[=].part[+].name = #changeFromProduct
* parameter[=].part[=].part[=].use = #out
* parameter[=].part[=].part[=].min = 0
* parameter[=].part[=].part[=].max = "1"
* parameter[=].part[=].part[=].documentation = "In percentage points."
* parameter[=].part[=].part[=].type = #decimal
* parameter[=].part[=].part[+].name = #record
* parameter[=].part[=].part[=].use = #out
* parameter[=].part[=].part[=].min = 1
* parameter[=].part[=].part[=].max = "1"
* parameter[=].part[=].part[=].documentation = "The result, versioned."
* parameter[=].part[=].part[=].type = #Reference
* parameter[=].part[+].name = #rho
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Spearman coefficient of percent against time."
* parameter[=].part[=].type = #decimal
* parameter[+].name = #excluded
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "A result that is not used."
* parameter[=].part[+].name = #record
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The result, versioned."
* parameter[=].part[=].type = #Reference
* parameter[=].part[+].name = #reason
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "Why."
* parameter[=].part[=].type = #string
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
