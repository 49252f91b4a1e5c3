Profile: H2CPatient
Parent: Patient
Id: h2c-patient
Title: "Patient"
Description: "The patient as the hospital knows the person. Ids of trial Patients are assigned by the server only."
* identifier MS
* insert SlicedBy(identifier, pattern, $this)
* identifier contains mrn 0..* MS and subjectNumber 0..1
* identifier[mrn] ^patternIdentifier.type = $identifier-type#MR
* identifier[mrn].system 1..1
* identifier[mrn].value 1..1
* identifier[subjectNumber] ^patternIdentifier.system = "https://her2-cart.example.org/fhir/sid/subject-number"
* identifier[subjectNumber].value 1..1
* identifier[subjectNumber] ^comment = "Only if the site sends it; the sponsor's view takes it from the ResearchSubject."
* gender 1..1 MS
* birthDate 1..1 MS
* deceased[x] 0..1 MS
* deceased[x] only dateTime
* managingOrganization 1..1 MS
* obeys h2c-pat-1

Invariant: h2c-pat-1
Description: "the patient has an identifier of type MR, or a subject number, to be matched by"
Severity: #error
Expression: "identifier.where(system = 'https://her2-cart.example.org/fhir/sid/subject-number').exists() or identifier.where(type.coding.code = 'MR').exists()"
