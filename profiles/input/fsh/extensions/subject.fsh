Extension: H2CEnrolmentOrder
Id: h2c-enrolment-order
Title: "Enrolment order"
Description: "The order number of the subject, given by the server at enrolment and never reused or changed."
Context: ResearchSubject
* value[x] 1..1
* value[x] only positiveInt

Extension: H2CSubjectSite
Id: h2c-subject-site
Title: "Subject's site"
Description: "The trial site of the subject."
Context: ResearchSubject
* value[x] 1..1
* value[x] only Reference(Organization)

Extension: H2CProgress
Id: h2c-progress
Title: "Progress"
Description: "One state of the participation and its time; history without _history."
Context: ResearchSubject
* extension contains state 1..1 and start 1..1 and end 0..1
* insert CodedPart(state, code, http://hl7.org/fhir/ValueSet/research-subject-status)
* insert Part(start, dateTime)
* insert Part(end, dateTime)

Extension: H2CDisposition
Id: h2c-disposition
Title: "Disposition"
Description: "How an epoch of the participation ended."
Context: ResearchSubject
* extension contains reason 1..1 and date 1..1 and epoch 1..1 and event 0..1
* insert CodedPart(reason, CodeableConcept, H2CDispositionVS)
* insert Part(date, date)
* insert CodedPart(epoch, code, H2CEpochVS)
* insert Part(event, Reference(AdverseEvent\))
