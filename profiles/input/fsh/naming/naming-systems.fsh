// The identifier systems of this server.

RuleSet: Sid(id, name)
* name = "{name}"
* status = #active
* kind = #identifier
* date = "2026-11-25"
* uniqueId.type = #uri
* uniqueId.value = "https://her2-cart.example.org/fhir/sid/{id}"
* uniqueId.preferred = true

Instance: h2c-sid-organization
InstanceOf: NamingSystem
Usage: #definition
* insert Sid(organization, H2COrganization)
* description = "Organizations of the trial, as its seed names them."

Instance: h2c-sid-subject-number
InstanceOf: NamingSystem
Usage: #definition
* insert Sid(subject-number, H2CSubjectNumber)
* description = "Subject numbers, given at enrolment."

Instance: h2c-sid-screening-number
InstanceOf: NamingSystem
Usage: #definition
* insert Sid(screening-number, H2CScreeningNumber)
* description = "Screening numbers, given by the site."

Instance: h2c-sid-product-lot
InstanceOf: NamingSystem
Usage: #definition
* insert Sid(product-lot, H2CProductLot)
* description = "Lots of CART-HER-2."

Instance: h2c-sid-deviation
InstanceOf: NamingSystem
Usage: #definition
* insert Sid(deviation, H2CDeviationIdentifier)
* description = "Deviations: code, subject and focal record."

Instance: h2c-sid-trafficking
InstanceOf: NamingSystem
Usage: #definition
* insert Sid(trafficking, H2CTraffickingIdentifier)
* description = "Computed trafficking: the Observation and the code."

Instance: h2c-sid-pseudonym
InstanceOf: NamingSystem
Usage: #definition
* insert Sid(pseudonym, H2CPseudonym)
* description = "Pseudonyms of business identifiers in the sponsor's view."

