Instance: h2c-immunity
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(immunity, ResearchSubject)
* name = "H2CImmunity"
* title = "Host immunity"
* description = "Host immunity against the murine part of one subject."
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
* parameter[+].name = #humoral
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Antibodies."
* parameter[=].part[+].name = #state
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "immune, pre-existing, not-immune or not-evaluable."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #onset
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The first positive sample after the infusion."
* parameter[=].part[=].type = #date
* parameter[=].part[+].name = #sequence
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "immunity-before-loss, after-loss, none or no-loss."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #foldRise
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The peak over the baseline."
* parameter[=].part[=].type = #decimal
* parameter[+].name = #cellular
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "ELISpot."
* parameter[=].part[+].name = #state
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "immune, pre-existing, not-immune or not-evaluable."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #onset
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The first positive sample after the infusion."
* parameter[=].part[=].type = #date
* parameter[=].part[+].name = #sequence
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "immunity-before-loss, after-loss, none or no-loss."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #foldRise
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The peak over the baseline."
* parameter[=].part[=].type = #decimal
* parameter[+].name = #either
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The one or the other."
* parameter[=].part[+].name = #state
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "immune, pre-existing, not-immune or not-evaluable."
* parameter[=].part[=].type = #code
* parameter[=].part[+].name = #onset
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The first positive sample after the infusion."
* parameter[=].part[=].type = #date
* parameter[=].part[+].name = #sequence
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "immunity-before-loss, after-loss, none or no-loss."
* parameter[=].part[=].type = #code
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
