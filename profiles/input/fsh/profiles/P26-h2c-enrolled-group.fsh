Profile: H2CEnrolledGroup
Parent: Group
Id: h2c-enrolled-group
Title: "Enrolled subjects"
Description: "The enrolled patients in the order of enrolment, maintained by the server; the handle for bulk export."
* type = #person
* actual = true
* member.entity only Reference(Patient)
* member.period ^comment = "start is the enrolment."
