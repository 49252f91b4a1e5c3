Profile: H2CSite
Parent: Organization
Id: h2c-site
Title: "Site"
Description: "A hospital, laboratory, cell processing facility or sponsor of the trial. A trial site has one companion Location (name, managingOrganization)."
* insert BusinessIdentifier
* active 1..1
* active = true
* name 1..1 MS
* type 1..*
* type from H2COrgTypeVS (required)
* address 0..1
* address ^comment = "The country is enough."
