Extension: H2CDlt
Id: h2c-dlt
Title: "Dose-limiting toxicity"
Description: "The investigator's judgement of dose-limiting or unacceptable toxicity."
Context: AdverseEvent
* value[x] 1..1
* value[x] only boolean

Extension: H2CGradingScale
Id: h2c-grading-scale
Title: "Grading scale"
Description: "The scale by which the event was graded."
Context: AdverseEvent
* value[x] 1..1
* value[x] only code
* value[x] from H2CGradingScaleVS (required)

Extension: H2CActionTaken
Id: h2c-action-taken
Title: "Action taken"
Description: "What was done with the study treatment."
Context: AdverseEvent
* value[x] 1..1
* value[x] only code
* value[x] from H2CActionTakenVS (required)

Extension: H2CSponsorAwareness
Id: h2c-sponsor-awareness
Title: "Sponsor awareness"
Description: "When the sponsor became aware; only when earlier than the server's receipt (import, paper report)."
Context: AdverseEvent
* value[x] 1..1
* value[x] only dateTime
