Profile: H2CIeToxicity
Parent: H2CObservation
Id: h2c-ie-toxicity
Title: "CRS or ICANS grade"
Description: "The grade of cytokine release syndrome or of immune effector cell-associated neurotoxicity by ASTCT 2019, with the findings that it rests on."
* code from H2CIeToxicityCodeVS (required)
* value[x] 1..1 MS
* value[x] only CodeableConcept
* value[x] from H2CAstctVS (required)
* effective[x] 1..1 MS
* effective[x] only dateTime
* component contains
    fever 0..1 MS and
    vasopressor 0..1 MS and
    oxygen 0..1 MS and
    iceScore 0..1 MS and
    consciousness 0..1 MS and
    seizure 0..1 MS and
    motorWeakness 0..1 MS and
    cerebralOedema 0..1 MS
* insert TypedComponent(fever, $code#fever, boolean)
* component[fever] ^comment = "At least 38.0 °C now, or masked by antipyretic or anticytokine therapy."
* insert CodedComponent(vasopressor, $code#vasopressor, H2CPressorVS)
* insert CodedComponent(oxygen, $code#oxygen, H2COxygenVS)
* insert TypedComponent(iceScore, $code#ice-score, integer)
* component[iceScore].value[x] ^minValueInteger = 0
* component[iceScore].value[x] ^maxValueInteger = 10
* insert CodedComponent(consciousness, $code#consciousness, H2CConsciousnessVS)
* insert CodedComponent(seizure, $code#seizure, H2CSeizureVS)
* insert TypedComponent(motorWeakness, $code#motor-weakness, boolean)
* insert CodedComponent(cerebralOedema, $code#cerebral-oedema, H2COedemaVS)
* obeys h2c-iet-1

Invariant: h2c-iet-1
Description: "grade 5 is explained in a note"
Severity: #error
Expression: "value.coding.where(code = 'grade-5').exists().not() or note.exists()"
