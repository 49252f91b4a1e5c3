// Search parameters that R4 lacks.

Instance: h2c-adverse-event-identifier
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(AdverseEvent, identifier, token)
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-adverse-event-identifier"
* name = "H2CAdverseEventIdentifier"
* description = "The business identifier; without it a conditional create is impossible."
* expression = "AdverseEvent.identifier"

Instance: h2c-adverse-event-patient
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(AdverseEvent, patient, reference)
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-adverse-event-patient"
* name = "H2CAdverseEventPatient"
* description = "The patient; R4 has only subject."
* expression = "AdverseEvent.subject.where(resolve() is Patient)"
* target = #Patient

Instance: h2c-adverse-event-grade
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(AdverseEvent, grade, token)
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-adverse-event-grade"
* name = "H2CAdverseEventGrade"
* description = "The grade."
* expression = "AdverseEvent.extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/ae-grade').value"

Instance: h2c-adverse-event-dlt
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(AdverseEvent, dlt, token)
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-adverse-event-dlt"
* name = "H2CAdverseEventDlt"
* description = "Whether the investigator judged it a dose-limiting toxicity."
* expression = "AdverseEvent.extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-dlt').value"

Instance: h2c-adverse-event-suspect
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(AdverseEvent, suspect, reference)
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-adverse-event-suspect"
* name = "H2CAdverseEventSuspect"
* description = "What is suspected to have caused the event; R4's substance reads the forbidden suspectEntity."
* expression = "AdverseEvent.extension('http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/suspect-entity').extension('instance').value.ofType(Reference)"
* target[0] = #MedicationAdministration
* target[1] = #Medication
* target[2] = #Procedure
* target[3] = #MedicationStatement
* target[4] = #Immunization
* target[5] = #Substance
* target[6] = #Device
* target[7] = #BiologicallyDerivedProduct
* target[8] = #ResearchStudy

Instance: h2c-adverse-event-status
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(AdverseEvent, status, token)
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-adverse-event-status"
* name = "H2CAdverseEventStatus"
* description = "The state of the record."
* expression = "AdverseEvent.modifierExtension.where(url = 'http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/status').value"

Instance: h2c-detected-issue-status
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(DetectedIssue, status, token)
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-detected-issue-status"
* name = "H2CDetectedIssueStatus"
* description = "The status of a deviation."
* expression = "DetectedIssue.status"

Instance: h2c-research-subject-enrolment-order
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(ResearchSubject, enrolment-order, number)
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-research-subject-enrolment-order"
* name = "H2CResearchSubjectEnrolmentOrder"
* description = "The order number."
* expression = "ResearchSubject.extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-enrolment-order').value"

Instance: h2c-research-subject-site
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(ResearchSubject, site, reference)
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-research-subject-site"
* name = "H2CResearchSubjectSite"
* description = "The trial site."
* expression = "ResearchSubject.extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-subject-site').value.ofType(Reference)"
* target = #Organization

Instance: h2c-research-subject-arm
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(ResearchSubject, arm, string)
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-research-subject-arm"
* name = "H2CResearchSubjectArm"
* description = "The arm actually followed."
* expression = "ResearchSubject.actualArm"

Instance: h2c-visit
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(Observation, visit, token)
* base[1] = #MedicationAdministration
* base[2] = #Procedure
* base[3] = #Specimen
* base[4] = #AdverseEvent
* base[5] = #Consent
* base[6] = #MedicationStatement
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-visit"
* name = "H2CVisitParameter"
* description = "The visit that the site named."
* expression = "Observation.extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-visit').value | MedicationAdministration.extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-visit').value | Procedure.extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-visit').value | Specimen.extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-visit').value | AdverseEvent.extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-visit').value | Consent.extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-visit').value | MedicationStatement.extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-visit').value"

Instance: h2c-infusion-day
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(MedicationAdministration, infusion-day, number)
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-infusion-day"
* name = "H2CInfusionDay"
* description = "The day on which the dose was planned."
* expression = "MedicationAdministration.extension('https://her2-cart.example.org/fhir/StructureDefinition/h2c-infusion-detail').extension('plannedDay').value"

// No expression: the query compares the record's date with the subject's Day 0.
Instance: h2c-study-day
InstanceOf: SearchParameter
Usage: #definition
* insert Searching(Observation, study-day, number)
* base[1] = #AdverseEvent
* base[2] = #MedicationAdministration
* base[3] = #Procedure
* base[4] = #Specimen
* url = "https://her2-cart.example.org/fhir/SearchParameter/h2c-study-day"
* name = "H2CStudyDayParameter"
* description = "The study day: the local date of the record less the subject's Day 0. It has no expression, because a new Day 0 must not rewrite an index."
