Instance: h2c-protocol-parameters
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(protocol-parameters, ResearchStudy)
* name = "H2CProtocolParameters"
* title = "Protocol parameters"
* description = "Answers the values that the protocol may amend, as they are stored."
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
* parameter[+].name = #PP-01
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-01."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-02
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-02."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-03
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-03."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-04
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-04."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-05
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-05."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-06
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-06."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-07
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-07."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-08
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-08."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-09
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-09."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-10
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-10."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-11
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-11."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-12
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-12."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-13
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-13."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-14
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-14."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-15
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-15."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-16
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-16."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-17
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-17."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-18
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-18."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
* parameter[+].name = #PP-19
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The parameter PP-19."
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = "A string, integer, decimal or Quantity; several in their order."
* parameter[=].part[=].type = #Element
* parameter[=].part[+].name = #detail
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "What it means."
* parameter[=].part[=].type = #string
