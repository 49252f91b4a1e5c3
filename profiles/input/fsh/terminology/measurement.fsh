// Laboratory values, vital signs, cytokines and cardiac values, and the units allowed for each.

ValueSet: H2CMeasurementVS
Id: h2c-measurement-vs
Title: "Measurement"
Description: "Laboratory values, vital signs, cytokines and cardiac values; the ConceptMap h2c-measurement-unit lists the units of each."
* insert Loinc
// Vital signs
* $loinc#8310-5 "Body temperature"
* $loinc#8867-4 "Heart rate"
* $loinc#9279-1 "Respiratory rate"
* $loinc#85354-9 "Blood pressure panel with all children optional"
* $loinc#8480-6 "Systolic blood pressure"
* $loinc#8462-4 "Diastolic blood pressure"
* $loinc#2708-6 "Oxygen saturation in Arterial blood"
* $loinc#59408-5 "Oxygen saturation in Arterial blood by Pulse oximetry"
* $loinc#29463-7 "Body weight"
* $loinc#8302-2 "Body height"
* $loinc#8277-6 "Body surface area"
// Haematology
* $loinc#6690-2 "Leukocytes [#/volume] in Blood by Automated count"
* $loinc#751-8 "Neutrophils [#/volume] in Blood by Automated count"
* $loinc#731-0 "Lymphocytes [#/volume] in Blood by Automated count"
* $loinc#777-3 "Platelets [#/volume] in Blood by Automated count"
* $loinc#718-7 "Hemoglobin [Mass/volume] in Blood"
* $loinc#24467-3 "CD3+CD4+ (T4 helper) cells [#/volume] in Blood"
// Chemistry
* $loinc#1742-6 "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma"
* $loinc#1920-8 "Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma"
* $loinc#14804-9 "Lactate dehydrogenase [Enzymatic activity/volume] in Serum or Plasma by Lactate to pyruvate reaction"
* $loinc#1975-2 "Bilirubin.total [Mass/volume] in Serum or Plasma"
* $loinc#2160-0 "Creatinine [Mass/volume] in Serum or Plasma"
* $loinc#14631-6 "Bilirubin.total [Moles/volume] in Serum or Plasma"
* $loinc#14682-9 "Creatinine [Moles/volume] in Serum or Plasma"
// Inflammation
* $loinc#2276-4 "Ferritin [Mass/volume] in Serum or Plasma"
* $loinc#1988-5 "C reactive protein [Mass/volume] in Serum or Plasma"
* $loinc#48065-7 "Fibrin D-dimer FEU [Mass/volume] in Platelet poor plasma"
// Cytokines
* $loinc#26881-3 "Interleukin 6 [Mass/volume] in Serum or Plasma"
* $loinc#27415-9 "Interferon gamma [Mass/volume] in Serum or Plasma"
* $loinc#26848-2 "Interleukin 10 [Mass/volume] in Serum or Plasma"
* $loinc#33211-4 "Interleukin 8 [Mass/volume] in Serum or Plasma"
* $loinc#13629-1 "Interleukin 1 beta [Mass/volume] in Serum or Plasma"
* $code#tnf-alpha
* $code#il-2
* $code#il-15
// Cardiac
* $loinc#10230-1 "Left ventricular Ejection fraction"
* $loinc#89579-7 "Troponin I.cardiac [Mass/volume] in Serum or Plasma by High sensitivity method"
* $loinc#33762-6 "Natriuretic peptide.B prohormone N-Terminal [Mass/volume] in Serum or Plasma"

// A unit is one element of a target; the profile h2c-measurement enforces the same units by its invariants.
Instance: h2c-measurement-unit
InstanceOf: ConceptMap
Title: "Units of measurements"
Description: "The UCUM units in which each measurement may be sent."
Usage: #definition
* insert Conformance(ConceptMap, h2c-measurement-unit, H2CMeasurementUnit)
* title = "Units of measurements"
* description = "The UCUM units in which each measurement may be sent; the profile h2c-measurement enforces them."
* insert LoincCopyright
* sourceCanonical = "https://her2-cart.example.org/fhir/ValueSet/h2c-measurement-vs"
* targetUri = "http://unitsofmeasure.org"
* group[0].source = "http://loinc.org"
* group[0].target = "http://unitsofmeasure.org"
* insert Unit(0, 0, 8310-5, 0, Cel)
* insert Unit(0, 1, 8867-4, 0, /min)
* insert Unit(0, 2, 9279-1, 0, /min)
* insert Unit(0, 3, 85354-9, 0, mm[Hg])
* insert Unit(0, 4, 8480-6, 0, mm[Hg])
* insert Unit(0, 5, 8462-4, 0, mm[Hg])
* insert Unit(0, 6, 2708-6, 0, %)
* insert Unit(0, 7, 59408-5, 0, %)
* insert Unit(0, 8, 29463-7, 0, kg)
* insert Unit(0, 9, 8302-2, 0, cm)
* insert Unit(0, 10, 8277-6, 0, m2)
* insert Unit(0, 11, 6690-2, 0, 10*3/uL)
* insert Unit(0, 11, 6690-2, 1, 10*9/L)
* insert Unit(0, 12, 751-8, 0, 10*3/uL)
* insert Unit(0, 12, 751-8, 1, 10*9/L)
* insert Unit(0, 13, 731-0, 0, 10*3/uL)
* insert Unit(0, 13, 731-0, 1, 10*9/L)
* insert Unit(0, 14, 777-3, 0, 10*3/uL)
* insert Unit(0, 14, 777-3, 1, 10*9/L)
* insert Unit(0, 15, 718-7, 0, g/dL)
* insert Unit(0, 15, 718-7, 1, g/L)
* insert Unit(0, 16, 24467-3, 0, /uL)
* insert Unit(0, 17, 1742-6, 0, U/L)
* insert Unit(0, 18, 1920-8, 0, U/L)
* insert Unit(0, 19, 14804-9, 0, U/L)
* insert Unit(0, 20, 1975-2, 0, mg/dL)
* insert Unit(0, 21, 2160-0, 0, mg/dL)
* insert Unit(0, 22, 14631-6, 0, umol/L)
* insert Unit(0, 23, 14682-9, 0, umol/L)
* insert Unit(0, 24, 2276-4, 0, ng/mL)
* insert Unit(0, 24, 2276-4, 1, ug/L)
* insert Unit(0, 25, 1988-5, 0, mg/L)
* insert Unit(0, 25, 1988-5, 1, mg/dL)
* insert Unit(0, 26, 48065-7, 0, ug/mL{FEU})
* insert Unit(0, 27, 26881-3, 0, pg/mL)
* insert Unit(0, 28, 27415-9, 0, pg/mL)
* insert Unit(0, 29, 26848-2, 0, pg/mL)
* insert Unit(0, 30, 33211-4, 0, pg/mL)
* insert Unit(0, 31, 13629-1, 0, pg/mL)
* insert Unit(0, 32, 10230-1, 0, %)
* insert Unit(0, 33, 89579-7, 0, ng/L)
* insert Unit(0, 33, 89579-7, 1, pg/mL)
* insert Unit(0, 34, 33762-6, 0, pg/mL)
* insert Unit(0, 34, 33762-6, 1, ng/L)
* group[1].source = "https://her2-cart.example.org/fhir/CodeSystem/h2c-code"
* group[1].target = "http://unitsofmeasure.org"
* insert Unit(1, 0, tnf-alpha, 0, pg/mL)
* insert Unit(1, 1, il-2, 0, pg/mL)
* insert Unit(1, 2, il-15, 0, pg/mL)
