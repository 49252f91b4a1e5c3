Profile: H2CSpecimen
Parent: Specimen
Id: h2c-specimen
Title: "Specimen"
Description: "A specimen of a subject. Its type puts it into a compartment: blood, tumour, serum, plasma or product."
* insert BusinessIdentifier
* accessionIdentifier 0..1
* status 0..1 MS
* type 1..1 MS
* type from H2CSpecimenTypeVS (extensible)
* subject 1..1 MS
* subject only Reference(Patient)
* collection MS
* collection.collected[x] MS
* collection.bodySite 0..1 MS
* parent 0..* MS
* extension contains H2CVisit named visit 0..1 MS
* obeys h2c-spe-1

Invariant: h2c-spe-1
Description: "the time of collection (collected) is given"
Severity: #error
Expression: "collection.collected.exists()"

Profile: H2CSpecimenOfPersistence
Parent: H2CSpecimen
Id: h2c-specimen-of-persistence
Title: "Specimen of a persistence result"
Description: "A specimen of blood or tumour: what a persistence result may refer to. A type outside h2c-specimen-vs is only a warning."
* obeys h2c-per-8

// The rule reads the referenced specimen, so it stands on the profile that the reference demands.
Invariant: h2c-per-8
Description: "the specimen is blood or tumour"
Severity: #error
Expression: "type.coding.where((system = 'http://terminology.hl7.org/CodeSystem/v2-0487' and code in ('SER' | 'PLAS')) or (system = 'http://snomed.info/sct' and code in ('119364003' | '119361006')) or (system = 'https://her2-cart.example.org/fhir/CodeSystem/h2c-code' and code = 'product-sample') or (system = 'https://her2-cart.example.org/fhir/CodeSystem/h2c-product' and code = 'cart-her-2')).empty()"

Profile: H2CSpecimenOfSubsets
Parent: H2CSpecimen
Id: h2c-specimen-of-subsets
Title: "Specimen of T-cell subsets"
Description: "A specimen of blood or of the product: what a result of T-cell subsets may refer to. A type outside h2c-specimen-vs is only a warning."
* obeys h2c-tcs-3

Invariant: h2c-tcs-3
Description: "the specimen is blood or product"
Severity: #error
Expression: "type.coding.where((system = 'http://terminology.hl7.org/CodeSystem/v2-0487' and code in ('TUMOR' | 'SER' | 'PLAS')) or (system = 'http://snomed.info/sct' and code in ('258435002' | '119364003' | '119361006'))).empty()"
