// Codes and values of observations.

ValueSet: H2CQualitativeVS
Id: h2c-qualitative-vs
Title: "Qualitative result"
Description: "Positive, negative, equivocal or indeterminate."
* $interpretation#POS
* $interpretation#NEG
* $interpretation#E
* $interpretation#IND

ValueSet: H2CDetectionVS
Id: h2c-detection-vs
Title: "Detection"
Description: "Detected or not detected."
* $interpretation#DET
* $interpretation#ND

ValueSet: H2CPersistenceCodeVS
Id: h2c-persistence-code-vs
Title: "Persistence test"
Description: "The two targets of persistence PCR."
* $code#persist-tcrz-cd137
* $code#persist-tcrz

ValueSet: H2CTraffickingCodeVS
Id: h2c-trafficking-code-vs
Title: "Trafficking"
Description: "The two shares of relative trafficking."
* $code#trafficking-tumour
* $code#trafficking-blood

ValueSet: H2CLesionMeasurementCodeVS
Id: h2c-lesion-measurement-code-vs
Title: "Lesion measurement"
Description: "What is measured of a lesion."
* insert Ncit
* $ncit#C96684 "Longest diameter"
* $ncit#C96685 "Longest perpendicular"
* $ncit#C96643 "Tumour state"

ValueSet: H2CResponseCodeVS
Id: h2c-response-code-vs
Title: "Assessment of response"
Description: "What is assessed by RECIST 1.1."
* insert Ncit
* $ncit#C96613 "Overall response"
* $ncit#C94534 "Target response"
* $ncit#C94535 "Non-target response"
* $ncit#C103420 "New lesion progression"
* $ncit#C94536 "Best overall response"

ValueSet: H2CRecistVS
Id: h2c-recist-vs
Title: "RECIST response"
Description: "Responses by RECIST 1.1."
* insert Ncit
* $ncit#C4870 "Complete response"
* $ncit#C18058 "Partial response"
* $ncit#C18213 "Stable disease"
* $ncit#C35571 "Progressive disease"
* $ncit#C62222 "Not evaluable"
* $ncit#C40413 "No evidence of disease"
* $recist#non-cr-non-pd

ValueSet: H2CResponseValueVS
Id: h2c-response-value-vs
Title: "Value of an assessment"
Description: "A response, or the status of a new lesion."
* include codes from valueset H2CRecistVS
* include codes from valueset H2CLesionStatusVS

ValueSet: H2CHostImmunityCodeVS
Id: h2c-host-immunity-code-vs
Title: "Host immunity test"
Description: "Tests of the response against the murine part."
* $code#host-ab-anti-murine-her2
* $code#host-hama
* $code#host-cell-elispot

ValueSet: H2CIeToxicityCodeVS
Id: h2c-ie-toxicity-code-vs
Title: "CRS or ICANS"
Description: "The two graded syndromes."
* $code#crs-grade
* $code#icans-grade
