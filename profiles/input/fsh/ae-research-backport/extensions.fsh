// The extensions of Adverse Event Clinical Research R4 Backport 1.0.1 that an adverse event of this trial
// carries, restated under their official canonicals because no registry offers the guide.

RuleSet: OfBackport(id)
* ^url = "http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/{id}"

Extension: AEStatus
Id: status
Title: "Workflow status"
Description: "The state of the record of an adverse event, not the outcome of the patient. A modifier, because entered-in-error makes the record void."
Context: AdverseEvent
* insert OfBackport(status)
* . ^isModifier = true
* . ^isModifierReason = "The status may say that the record was entered in error."
* value[x] 1..1
* value[x] only code
* value[x] from AEStatusVS (required)

ValueSet: AEStatusVS
Id: adverse-event-status-vs
Title: "Adverse event status"
Description: "The states of the record of an adverse event."
* ^url = "http://hl7.org/fhir/uv/ae-research-backport-ig/ValueSet/adverse-event-status-vs"
* $event-status#in-progress
* $event-status#completed
* $event-status#entered-in-error
* $event-status#unknown

Extension: AEResearchSubjectRef
Id: research-subject-ref
Title: "Research subject"
Description: "The participation in the study."
Context: AdverseEvent
* insert OfBackport(research-subject-ref)
* value[x] 1..1
* value[x] only Reference(ResearchSubject)

Extension: AEGrade
Id: ae-grade
Title: "Grade"
Description: "The grade of the event as the investigator judges it."
Context: AdverseEvent
* insert OfBackport(ae-grade)
* value[x] 1..1
* value[x] only CodeableConcept

Extension: AESeriousnessCriteria
Id: seriousness-criteria
Title: "Seriousness criterion"
Description: "One criterion of seriousness, and whether it is present."
Context: AdverseEvent
* insert OfBackport(seriousness-criteria)
* extension contains criterionCode 1..1 MS and criterionPresent 1..1
* insert Part(criterionCode, CodeableConcept)
* insert Part(criterionPresent, boolean)

Extension: AESuspectEntity
Id: suspect-entity
Title: "Suspect entity"
Description: "What is suspected to have caused the event, and how likely."
Context: AdverseEvent
* insert OfBackport(suspect-entity)
* extension contains instance 1..1 and causality 1..1
* extension[instance].value[x] 1..1
* extension[instance].value[x] only CodeableConcept or Reference(Immunization or Procedure or Substance or Medication or MedicationAdministration or MedicationStatement or Device or BiologicallyDerivedProduct or ResearchStudy)
* extension[causality].extension contains assessmentMethod 0..1 and entityRelatedness 0..1 and author 0..1
* extension[causality].extension[assessmentMethod].value[x] 1..1
* extension[causality].extension[assessmentMethod].value[x] only CodeableConcept
* extension[causality].extension[entityRelatedness].value[x] 1..1
* extension[causality].extension[entityRelatedness].value[x] only CodeableConcept
* extension[causality].extension[author].value[x] 1..1
* extension[causality].extension[author].value[x] only Reference(Patient or Practitioner or PractitionerRole or RelatedPerson or ResearchSubject)

Extension: AEExpectedInResearchStudy
Id: expected-in-research-study
Title: "Expected in the study"
Description: "Whether the study considers the event as known or likely."
Context: AdverseEvent
* insert OfBackport(expected-in-research-study)
* value[x] 1..1
* value[x] only boolean

Extension: AEResolveDate
Id: resolve-date
Title: "Resolution date"
Description: "When the event was resolved."
Context: AdverseEvent
* insert OfBackport(resolve-date)
* value[x] 1..1
* value[x] only dateTime

Extension: AECausedSubjectToDiscontinueStudy
Id: caused-subject-to-discontinue-study
Title: "Caused the subject to discontinue the study"
Description: "Whether the subject left the study because of the event."
Context: AdverseEvent
* insert OfBackport(caused-subject-to-discontinue-study)
* value[x] 1..1
* value[x] only boolean

Extension: AEMitigatingAction
Id: mitigating-action
Title: "Mitigating action"
Description: "An action taken after the event to reduce the harm."
Context: AdverseEvent
* insert OfBackport(mitigating-action)
* extension contains item 1..1
* extension[item].value[x] 1..1
* extension[item].value[x] only CodeableConcept or Reference(Procedure or DocumentReference or MedicationAdministration or MedicationRequest)

Extension: AENote
Id: note
Title: "Note"
Description: "A comment on the event."
Context: AdverseEvent
* insert OfBackport(note)
* value[x] 1..1
* value[x] only Annotation
