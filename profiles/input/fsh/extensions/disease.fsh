Extension: H2CExtent
Id: h2c-extent
Title: "Extent"
Description: "How far the tumour has spread."
Context: Condition
* value[x] 1..1
* value[x] only code
* value[x] from H2CExtentVS (required)

// Extension and profile of P07 have the same canonical in the protocol; their ids differ.
Extension: H2CPriorTherapyExtension
Id: h2c-prior-therapy-extension
Title: "Prior therapy"
Description: "Class, line and result of an earlier anticancer treatment."
Context: MedicationStatement
* ^url = "https://her2-cart.example.org/fhir/StructureDefinition/h2c-prior-therapy"
* extension contains therapyClass 1..1 and line 0..1 and bestResponse 0..1 and refractory 1..1 and progressionDate 0..1
* insert CodedPart(therapyClass, code, H2CTherapyClassVS)
* insert Part(line, positiveInt)
* insert CodedPart(bestResponse, CodeableConcept, H2CRecistVS)
* insert Part(refractory, boolean)
* insert Part(progressionDate, date)

// Extension and profile of P17 have the same canonical in the protocol; their ids differ.
Extension: H2CLesionExtension
Id: h2c-lesion-extension
Title: "Lesion"
Description: "The role and the label of a lesion, stable over time."
Context: BodyStructure
* ^url = "https://her2-cart.example.org/fhir/StructureDefinition/h2c-lesion"
* extension contains role 1..1 and nodal 1..1 and label 1..1
* insert CodedPart(role, code, H2CLesionRoleVS)
* insert Part(nodal, boolean)
* insert Part(label, string)
