Profile: H2CPatientSponsor
Parent: Patient
Id: h2c-patient-sponsor
Title: "Patient, the sponsor's view"
Description: "What the sponsor sees of a patient: the subject number, the year of birth, the country. No client sends it; the pseudonymised view is tested with it."
* meta 1..1
* insert SlicedBy(meta.security, pattern, $this)
* meta.security 1..*
* meta.security contains pseudonymised 1..1
* meta.security[pseudonymised] = $observation-value#PSEUDED
* text 0..0
* identifier 1..1
* identifier.system 1..1
* identifier.system = "https://her2-cart.example.org/fhir/sid/subject-number"
* identifier.value 1..1
* name 0..0
* telecom 0..0
* photo 0..0
* contact 0..0
* link 0..0
* generalPractitioner 0..0
* birthDate 0..1
* address 0..1
* address.use 0..0
* address.type 0..0
* address.text 0..0
* address.line 0..0
* address.city 0..0
* address.district 0..0
* address.state 0..0
* address.postalCode 0..0
* address.period 0..0
* obeys h2c-psn-1

Invariant: h2c-psn-1
Description: "the date of birth is a year"
Severity: #error
Expression: "birthDate.exists() implies birthDate.toString().matches('^[0-9]{4}$')"
