// Every trial record from a site carries the key of its conditional create.
RuleSet: BusinessIdentifier
* identifier 1..* MS
* identifier.system 1..1
* identifier.value 1..1

RuleSet: SlicedBy(element, type, path)
* {element} ^slicing.discriminator.type = #{type}
* {element} ^slicing.discriminator.path = "{path}"
* {element} ^slicing.rules = #open

// A component that is a number with exactly one unit.
RuleSet: QuantityComponent(slice, code, unit)
* component[{slice}].code = {code}
* component[{slice}].value[x] only Quantity
* component[{slice}].value[x] = '{unit}'

// A component that is one of a list of codes.
RuleSet: CodedComponent(slice, code, valueSet)
* component[{slice}].code = {code}
* component[{slice}].value[x] only CodeableConcept
* component[{slice}].value[x] from {valueSet} (required)

RuleSet: TypedComponent(slice, code, type)
* component[{slice}].code = {code}
* component[{slice}].value[x] only {type}

// A part of a complex extension.
RuleSet: Part(name, type)
* extension[{name}].value[x] 1..1
* extension[{name}].value[x] only {type}

RuleSet: CodedPart(name, type, valueSet)
* insert Part({name}, {type})
* extension[{name}].value[x] from {valueSet} (required)

RuleSet: Loinc
* ^copyright = "This material contains content from LOINC (http://loinc.org). LOINC is copyright © 1995 Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc."

RuleSet: Snomed
* ^copyright = "This material contains content of the SNOMED CT Global Patient Set (GPS) by SNOMED International, licensed under the Creative Commons Attribution 4.0 International License (CC BY 4.0)."

RuleSet: Ncit
* ^copyright = "This material contains content of the NCI Thesaurus of the National Cancer Institute, licensed under CC BY 4.0."

RuleSet: LoincCopyright
* copyright = "This material contains content from LOINC (http://loinc.org). LOINC is copyright © 1995 Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc."

// A local code system: all of its codes, told apart by case.
RuleSet: Complete
* ^content = #complete
* ^caseSensitive = true

// What every conformance resource has that SUSHI does not fill in for an instance.
RuleSet: Conformance(type, id, name)
* url = "https://her2-cart.example.org/fhir/{type}/{id}"
* version = "0.1.0"
* name = "{name}"
* status = #active

RuleSet: Unit(group, element, code, target, unit)
* group[{group}].element[{element}].code = #{code}
* group[{group}].element[{element}].target[{target}].code = #{unit}
* group[{group}].element[{element}].target[{target}].equivalence = #relatedto

RuleSet: Searching(base, code, type)
* version = "0.1.0"
* status = #active
* code = #{code}
* base = #{base}
* type = #{type}
