// Subsets of R4 statuses that a profile allows.

ValueSet: H2CPriorTherapyStatusVS
Id: h2c-prior-therapy-status-vs
Title: "Status of a prior therapy"
Description: "Statuses of a prior therapy."
* $statement-status#completed
* $statement-status#stopped
* $statement-status#active
* $statement-status#entered-in-error

ValueSet: H2CAdministrationStatusVS
Id: h2c-administration-status-vs
Title: "Status of an administration"
Description: "Statuses of an infusion and of lymphodepletion."
* $administration-status#completed
* $administration-status#stopped
* $administration-status#in-progress
* $administration-status#not-done
* $administration-status#on-hold
* $administration-status#entered-in-error

ValueSet: H2CDeviationStatusVS
Id: h2c-deviation-status-vs
Title: "Status of a deviation"
Description: "Statuses of a deviation; cancelled when corrected data no longer breaks the rule."
* $observation-status#final
* $observation-status#cancelled
* $observation-status#entered-in-error

ValueSet: H2CScheduleStatusVS
Id: h2c-schedule-status-vs
Title: "Status of a schedule"
Description: "Statuses of a schedule."
* $request-status#active
* $request-status#entered-in-error

ValueSet: H2CVisitStatusVS
Id: h2c-visit-status-vs
Title: "Status of a visit"
Description: "planned is not-started, due scheduled, done completed, overdue on-hold, missed stopped, not applicable cancelled."
* $activity-status#not-started
* $activity-status#scheduled
* $activity-status#completed
* $activity-status#on-hold
* $activity-status#stopped
* $activity-status#cancelled

ValueSet: H2COutcomeMeasureTypeVS
Id: h2c-outcome-measure-type-vs
Title: "Type of an outcome measure"
Description: "Primary, secondary or exploratory."
* $objective#primary
* $objective#secondary
* $objective#exploratory
