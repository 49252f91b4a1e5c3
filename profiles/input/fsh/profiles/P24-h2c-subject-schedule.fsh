Profile: H2CSubjectSchedule
Parent: CarePlan
Id: h2c-subject-schedule
Title: "Subject's schedule"
Description: "The visits of one subject as $schedule computes them: one activity a visit, with its window, its state and the records attributed to it."
* status from H2CScheduleStatusVS (required)
* intent = #plan
* subject 1..1
* instantiatesCanonical 1..1
* instantiatesCanonical ^comment = "The protocol plan with its version."
* period ^comment = "start is Day 0, before the first infusion the planned one."
* supportingInfo 1..*
* supportingInfo only Reference(ResearchSubject)
* activity.outcomeReference ^comment = "The records attributed to the visit."
* activity.progress ^comment = "Text done with time = actual date; text missing: <activity ids> when a required activity lacks."
* activity.detail 1..1
* activity.detail.kind 1..1
* activity.detail.kind = #Appointment
* activity.detail.code 1..1
* activity.detail.code from H2CVisitVS (required)
* activity.detail.scheduled[x] only Period
* activity.detail.scheduled[x] ^comment = "The window."
* activity.detail.description ^comment = "The target date."
* activity.detail.status from H2CVisitStatusVS (required)
* activity.detail.statusReason ^comment = "Text: the state of the visit."
* obeys h2c-sch-1

Invariant: h2c-sch-1
Description: "it instantiates the protocol plan and names its version"
Severity: #error
Expression: "instantiatesCanonical.all($this.startsWith('https://her2-cart.example.org/fhir/PlanDefinition/h2c-protocol-plan|'))"
