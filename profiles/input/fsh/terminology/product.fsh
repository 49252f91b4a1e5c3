// The product, its vector and its doses.

CodeSystem: H2CProductCS
Id: h2c-product
Title: "Product"
Description: "The study product and what it holds."
* insert Complete
* #cart-her-2 "CART-HER-2"
* #autologous-car-t-cells "Autologous CAR T cells"

ValueSet: H2CProductVS
Id: h2c-product
Title: "Product"
Description: "The study product and what it holds."
* include codes from system H2CProductCS


CodeSystem: H2CVectorTypeCS
Id: h2c-vector-type
Title: "Vector type"
Description: "Kinds of vector."
* insert Complete
* #lentiviral "Lentiviral"
* #gammaretroviral "Gammaretroviral"
* #other "Other"
* #not-stated "Not stated"

ValueSet: H2CVectorTypeVS
Id: h2c-vector-type
Title: "Vector type"
Description: "Kinds of vector."
* include codes from system H2CVectorTypeCS


CodeSystem: H2CCarDomainCS
Id: h2c-car-domain
Title: "CAR domain"
Description: "Signalling domains of the receptor."
* insert Complete
* #CD137 "CD137"
* #CD3-zeta "CD3 zeta"

ValueSet: H2CCarDomainVS
Id: h2c-car-domain
Title: "CAR domain"
Description: "Signalling domains of the receptor."
* include codes from system H2CCarDomainCS


CodeSystem: H2CScfvOriginCS
Id: h2c-scfv-origin
Title: "scFv origin"
Description: "The species of the single-chain variable fragment."
* insert Complete
* #murine "Murine"

ValueSet: H2CScfvOriginVS
Id: h2c-scfv-origin
Title: "scFv origin"
Description: "The species of the single-chain variable fragment."
* include codes from system H2CScfvOriginCS


CodeSystem: H2CReleaseCS
Id: h2c-release
Title: "Release"
Description: "Decisions on the release of a lot."
* insert Complete
* #released "Released"
* #released-by-exception "Released by exception"
* #rejected "Rejected"

ValueSet: H2CReleaseVS
Id: h2c-release
Title: "Release"
Description: "Decisions on the release of a lot."
* include codes from system H2CReleaseCS


CodeSystem: H2CNotDoneCS
Id: h2c-not-done
Title: "Reason not done"
Description: "Why a planned dose was not given."
* insert Complete
* #unacceptable-toxicity "Unacceptable toxicity"
* #intercurrent-illness "Intercurrent illness"
* #product-failure "Product failure"
* #subject-refusal "Refusal by the subject"
* #investigator-decision "Decision of the investigator"
* #death "Death"
* #other "Other"

ValueSet: H2CNotDoneVS
Id: h2c-not-done-vs
Title: "Reason not done"
Description: "Why a planned dose was not given."
* include codes from system H2CNotDoneCS
