// The disease and its earlier treatment.

CodeSystem: H2CExtentCS
Id: h2c-extent
Title: "Extent"
Description: "How far a tumour has spread."
* insert Complete
* #localised "Localised"
* #locally-advanced-unresectable "Locally advanced, unresectable"
* #metastatic "Metastatic"

ValueSet: H2CExtentVS
Id: h2c-extent
Title: "Extent"
Description: "How far a tumour has spread."
* include codes from system H2CExtentCS


CodeSystem: H2CTherapyClassCS
Id: h2c-therapy-class
Title: "Therapy class"
Description: "Classes of anticancer treatment."
* insert Complete
* #chemotherapy "Chemotherapy"
* #her2-antibody "HER-2 antibody"
* #her2-adc "HER-2 antibody-drug conjugate"
* #her2-tki "HER-2 tyrosine kinase inhibitor"
* #endocrine "Endocrine therapy"
* #immunotherapy "Immunotherapy"
* #targeted-other "Other targeted therapy"
* #radiotherapy "Radiotherapy"
* #cell-therapy "Cell therapy"
* #other "Other"

ValueSet: H2CTherapyClassVS
Id: h2c-therapy-class
Title: "Therapy class"
Description: "Classes of anticancer treatment."
* include codes from system H2CTherapyClassCS


CodeSystem: H2CIhcCS
Id: h2c-ihc
Title: "IHC score"
Description: "Scores of HER-2 immunohistochemistry."
* insert Complete
* #0 "0"
* #1+ "1+"
* #2+ "2+"
* #3+ "3+"

ValueSet: H2CIhcVS
Id: h2c-ihc
Title: "IHC score"
Description: "Scores of HER-2 immunohistochemistry."
* include codes from system H2CIhcCS
