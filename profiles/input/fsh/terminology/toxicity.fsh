// Toxicity and adverse events.

CodeSystem: H2CAstctCS
Id: h2c-astct
Title: "ASTCT grade"
Description: "Grades by ASTCT 2019."
* insert Complete
* #grade-0 "Grade 0"
* #grade-1 "Grade 1"
* #grade-2 "Grade 2"
* #grade-3 "Grade 3"
* #grade-4 "Grade 4"
* #grade-5 "Grade 5"

ValueSet: H2CAstctVS
Id: h2c-astct
Title: "ASTCT grade"
Description: "Grades by ASTCT 2019."
* include codes from system H2CAstctCS


CodeSystem: H2CPressorCS
Id: h2c-pressor
Title: "Vasopressor"
Description: "Hypotension and its treatment."
* insert Complete
* #none-needed "None needed"
* #hypotension-no-pressor "Hypotension without vasopressor"
* #one "One vasopressor, with or without vasopressin"
* #multiple "Multiple vasopressors"

ValueSet: H2CPressorVS
Id: h2c-pressor
Title: "Vasopressor"
Description: "Hypotension and its treatment."
* include codes from system H2CPressorCS


CodeSystem: H2COxygenCS
Id: h2c-oxygen
Title: "Oxygen"
Description: "Hypoxia and its treatment."
* insert Complete
* #none "None"
* #low-flow "Low flow, at most 6 L/min"
* #high-flow "High flow"
* #positive-pressure "Positive pressure"

ValueSet: H2COxygenVS
Id: h2c-oxygen
Title: "Oxygen"
Description: "Hypoxia and its treatment."
* include codes from system H2COxygenCS


CodeSystem: H2CConsciousnessCS
Id: h2c-consciousness
Title: "Consciousness"
Description: "How a patient awakens."
* insert Complete
* #awake "Awake"
* #spontaneous "Awakens spontaneously"
* #voice "Awakens to voice"
* #tactile "Awakens to tactile stimulus"
* #unarousable "Unarousable"

ValueSet: H2CConsciousnessVS
Id: h2c-consciousness
Title: "Consciousness"
Description: "How a patient awakens."
* include codes from system H2CConsciousnessCS


CodeSystem: H2CSeizureCS
Id: h2c-seizure
Title: "Seizure"
Description: "Seizures."
* insert Complete
* #none "None"
* #brief "Brief"
* #prolonged "Prolonged"

ValueSet: H2CSeizureVS
Id: h2c-seizure
Title: "Seizure"
Description: "Seizures."
* include codes from system H2CSeizureCS


CodeSystem: H2COedemaCS
Id: h2c-oedema
Title: "Cerebral oedema"
Description: "Cerebral oedema on imaging."
* insert Complete
* #none "None"
* #focal "Focal"
* #diffuse "Diffuse"

ValueSet: H2COedemaVS
Id: h2c-oedema
Title: "Cerebral oedema"
Description: "Cerebral oedema on imaging."
* include codes from system H2COedemaCS


CodeSystem: H2CAeTermCS
Id: h2c-ae-term
Title: "Adverse event term"
Description: "Terms that CTCAE v5.0 lacks."
* insert Complete
* #icans "Immune effector cell-associated neurotoxicity syndrome"
* #on-target-pulmonary "On-target pulmonary toxicity"
* #on-target-cardiac "On-target cardiac toxicity"
* #replication-competent-virus "Replication-competent virus"

ValueSet: H2CAeTermVS
Id: h2c-ae-term
Title: "Adverse event term"
Description: "Terms that CTCAE v5.0 lacks."
* include codes from system H2CAeTermCS


CodeSystem: H2CGradingScaleCS
Id: h2c-grading-scale
Title: "Grading scale"
Description: "Scales of grading."
* insert Complete
* #ctcae-5.0 "CTCAE v5.0"
* #ctcae-4.0 "CTCAE v4.0"
* #astct-2019 "ASTCT 2019"

ValueSet: H2CGradingScaleVS
Id: h2c-grading-scale
Title: "Grading scale"
Description: "Scales of grading."
* include codes from system H2CGradingScaleCS


CodeSystem: H2CActionTakenCS
Id: h2c-action-taken
Title: "Action taken"
Description: "What was done with the study treatment."
* insert Complete
* #dose-not-changed "Dose not changed"
* #drug-interrupted "Drug interrupted"
* #drug-withdrawn "Drug withdrawn"
* #dose-delayed "Dose delayed"
* #not-applicable "Not applicable"
* #unknown "Unknown"

ValueSet: H2CActionTakenVS
Id: h2c-action-taken
Title: "Action taken"
Description: "What was done with the study treatment."
* include codes from system H2CActionTakenCS
