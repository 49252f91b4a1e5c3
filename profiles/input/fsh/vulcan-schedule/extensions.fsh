// The extension of Vulcan Schedule of Activities 1.0.0 that the protocol plan carries, restated under its
// official canonical because no registry offers the guide.

Extension: AcceptableOffsetRangeSoa
Id: AcceptableOffsetRangeSoa
Title: "Acceptable offset range"
Description: "The range of offsets that is acceptable for a related action, beside offsetDuration."
Context: PlanDefinition.action.relatedAction
* ^url = "http://hl7.org/fhir/uv/vulcan-schedule/StructureDefinition/AcceptableOffsetRangeSoa"
* value[x] 1..1
* value[x] only Range
