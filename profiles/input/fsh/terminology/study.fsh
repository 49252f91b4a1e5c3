// The study, its sites and its subjects.

CodeSystem: H2CStudyConditionCS
Id: h2c-study-condition
Title: "Study condition"
Description: "What the trial treats, as registered."
* insert Complete
* #advanced-her2-solid-tumour "Advanced HER-2-positive solid tumours"
* #chemotherapy-refractory "Chemotherapy refractory"
* #her2-antibody-refractory "HER-2 antibody inhibitor therapy refractory"

ValueSet: H2CStudyConditionVS
Id: h2c-study-condition
Title: "Study condition"
Description: "What the trial treats, as registered."
* include codes from system H2CStudyConditionCS


CodeSystem: H2COrgTypeCS
Id: h2c-org-type
Title: "Organization type"
Description: "What an organization does in the trial."
* insert Complete
* #sponsor "Sponsor"
* #trial-site "Trial site"
* #central-lab "Central laboratory"
* #cell-processing-facility "Cell processing facility"

ValueSet: H2COrgTypeVS
Id: h2c-org-type
Title: "Organization type"
Description: "What an organization does in the trial."
* include codes from system H2COrgTypeCS


CodeSystem: H2CDispositionCS
Id: h2c-disposition
Title: "Disposition"
Description: "Reasons of disposition that NCIt does not name."
* insert Complete
* #screen-failure "Screen failure"
* #product-failure "Product failure"
* #study-terminated "Study terminated"


CodeSystem: H2CConsentItemCS
Id: h2c-consent-item
Title: "Consent item"
Description: "What a patient may refuse."
* insert Complete
* #treatment "Treatment"
* #ltfu-15y "Long-term follow-up of 15 years"
* #tumour-biopsy "Tumour biopsy"
* #sample-archive "Archive of samples"
* #data-share-sponsor "Sharing of data with the sponsor"

ValueSet: H2CConsentItemVS
Id: h2c-consent-item
Title: "Consent item"
Description: "What a patient may refuse."
* include codes from system H2CConsentItemCS


CodeSystem: H2CCriterionCS
Id: h2c-criterion
Title: "Eligibility criterion"
Description: "The criteria of eligibility; E decide, G advise."
* insert Complete
* #E1 "HER-2 positive"
* #E2 "Advanced solid tumour"
* #E3 "Chemotherapy refractory"
* #E4 "HER-2 antibody refractory"
* #E5 "Tumour type"
* #E6 "Consent"
* #G1 "Age"
* #G2 "ECOG"
* #G3 "LVEF"
* #G4 "Adequate laboratory values"
* #G5 "Not pregnant"

ValueSet: H2CCriterionVS
Id: h2c-criterion
Title: "Eligibility criterion"
Description: "The criteria of eligibility; E decide, G advise."
* include codes from system H2CCriterionCS
