Profile: H2CConsent
Parent: Consent
Id: h2c-consent
Title: "Consent"
Description: "The informed consent to one version of the consent form. Withdrawal: status inactive, and the ResearchSubject becomes withdrawn."
* insert BusinessIdentifier
* status 1..1 MS
* scope 1..1
* scope = $consent-scope#research
* category 1..* MS
* insert SlicedBy(category, pattern, $this)
* category contains consentDocument 1..*
* category[consentDocument] = $loinc#59284-0
* patient 1..1 MS
* dateTime 0..1 MS
* dateTime ^comment = "The signature."
* organization 1..* MS
* organization only Reference(H2CSite)
* policy 1..* MS
* policy.uri 1..1
* policy.uri ^comment = "The version of the informed-consent form: urn:h2c:icf:<version>."
* provision 1..1 MS
* provision.type 1..1
* provision.type = #permit
* provision.purpose = $act-reason#CLINTRCH
* provision.provision.type 1..1
* provision.provision.type = #deny
* provision.provision.code 1..*
* provision.provision.code from H2CConsentItemVS (required)
* obeys h2c-con-1 and h2c-con-2

Invariant: h2c-con-1
Description: "an active consent is dated"
Severity: #error
Expression: "status = 'active' implies dateTime.exists()"

Invariant: h2c-con-2
Description: "a policy names the version of the informed-consent form"
Severity: #error
Expression: "policy.uri.where($this.startsWith('urn:h2c:icf:')).exists()"
