// Lesions and their response.

CodeSystem: H2CRecistCS
Id: h2c-recist
Title: "RECIST response"
Description: "Responses by RECIST 1.1 that NCIt does not name."
* insert Complete
* #non-cr-non-pd "Non-CR/non-PD"


CodeSystem: H2CIrecistCS
Id: h2c-irecist
Title: "iRECIST response"
Description: "Responses by iRECIST."
* insert Complete
* #iCR "Immune complete response"
* #iPR "Immune partial response"
* #iSD "Immune stable disease"
* #iUPD "Immune unconfirmed progressive disease"
* #iCPD "Immune confirmed progressive disease"

ValueSet: H2CIrecistVS
Id: h2c-irecist
Title: "iRECIST response"
Description: "Responses by iRECIST."
* include codes from system H2CIrecistCS


CodeSystem: H2CLesionStatusCS
Id: h2c-lesion-status
Title: "Lesion status"
Description: "The status of a lesion that is not measured."
* insert Complete
* #absent "Absent"
* #present "Present"
* #unequivocal-progression "Unequivocal progression"

ValueSet: H2CLesionStatusVS
Id: h2c-lesion-status
Title: "Lesion status"
Description: "The status of a lesion that is not measured."
* include codes from system H2CLesionStatusCS


CodeSystem: H2CLesionRoleCS
Id: h2c-lesion-role
Title: "Lesion role"
Description: "The role of a lesion in the assessment."
* insert Complete
* #target "Target"
* #non-target "Non-target"
* #new "New"

ValueSet: H2CLesionRoleVS
Id: h2c-lesion-role
Title: "Lesion role"
Description: "The role of a lesion in the assessment."
* include codes from system H2CLesionRoleCS
