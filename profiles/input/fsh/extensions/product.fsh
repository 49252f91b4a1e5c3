Extension: H2CVector
Id: h2c-vector
Title: "Vector"
Description: "The vector of the product and the domains of its receptor."
Context: Medication
* extension contains vectorType 1..1 and vectorLot 1..1 and scfvOrigin 1..1 and domain 2..*
* insert CodedPart(vectorType, code, H2CVectorTypeVS)
* insert Part(vectorLot, string)
* insert CodedPart(scfvOrigin, code, H2CScfvOriginVS)
* extension[scfvOrigin].value[x] = #murine
* insert CodedPart(domain, code, H2CCarDomainVS)

Extension: H2CSourceApheresis
Id: h2c-source-apheresis
Title: "Source apheresis"
Description: "The leukapheresis from which the lot was made."
Context: Medication
* value[x] 1..1
* value[x] only Reference(Procedure)

Extension: H2CAutologousDonor
Id: h2c-autologous-donor
Title: "Autologous donor"
Description: "The patient whose cells the lot holds; must be the recipient."
Context: Medication
* value[x] 1..1
* value[x] only Reference(Patient)

Extension: H2CInfusionDetail
Id: h2c-infusion-detail
Title: "Infusion detail"
Description: "Which planned dose an infusion is, and how large."
Context: MedicationAdministration
* extension contains cycle 1..1 and infusionNumber 1..1 and plannedDay 1..1 and dosePerKg 0..1 and totalCells 0..1 and plannedFraction 0..1
* insert Part(cycle, positiveInt)
* insert Part(infusionNumber, positiveInt)
* extension[infusionNumber] ^comment = "Counts planned, not given, doses."
* insert Part(plannedDay, integer)
* extension[plannedDay] ^comment = "The day of the cycle on which it was planned: 0, 1, 2 by protocol; any other is stored."
* insert Part(dosePerKg, Quantity)
* extension[dosePerKg].value[x] = '{cells}/kg'
* insert Part(totalCells, Quantity)
* extension[totalCells].value[x] = '{cells}'
* insert Part(plannedFraction, decimal)
* extension[plannedFraction].value[x] ^minValueDecimal = 0
* extension[plannedFraction].value[x] ^maxValueDecimal = 1
