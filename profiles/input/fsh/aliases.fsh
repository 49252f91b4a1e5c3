Alias: $loinc = http://loinc.org
Alias: $sct = http://snomed.info/sct
Alias: $ncit = http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl
Alias: $rxnorm = http://www.nlm.nih.gov/research/umls/rxnorm
Alias: $interpretation = http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation
Alias: $category = http://terminology.hl7.org/CodeSystem/observation-category
Alias: $specimen-type = http://terminology.hl7.org/CodeSystem/v2-0487
Alias: $identifier-type = http://terminology.hl7.org/CodeSystem/v2-0203
Alias: $observation-value = http://terminology.hl7.org/CodeSystem/v3-ObservationValue
Alias: $act-reason = http://terminology.hl7.org/CodeSystem/v3-ActReason
Alias: $act-code = http://terminology.hl7.org/CodeSystem/v3-ActCode
Alias: $consent-scope = http://terminology.hl7.org/CodeSystem/consentscope
Alias: $purpose = http://terminology.hl7.org/CodeSystem/research-study-prim-purp-type
Alias: $objective = http://terminology.hl7.org/CodeSystem/research-study-objective-type
Alias: $seriousness = http://terminology.hl7.org/CodeSystem/adverse-event-seriousness
Alias: $event-status = http://hl7.org/fhir/event-status
Alias: $administration-status = http://terminology.hl7.org/CodeSystem/medication-admin-status
Alias: $statement-status = http://hl7.org/fhir/CodeSystem/medication-statement-status
Alias: $observation-status = http://hl7.org/fhir/observation-status
Alias: $request-status = http://hl7.org/fhir/request-status
Alias: $activity-status = http://hl7.org/fhir/care-plan-activity-status
Alias: $meddra = https://www.meddra.org

// Local code systems of which single codes are named.
Alias: $code = https://her2-cart.example.org/fhir/CodeSystem/h2c-code
Alias: $product = https://her2-cart.example.org/fhir/CodeSystem/h2c-product
Alias: $recist = https://her2-cart.example.org/fhir/CodeSystem/h2c-recist
Alias: $disposition = https://her2-cart.example.org/fhir/CodeSystem/h2c-disposition

// Extensions of guides that no registry offers; they are restated in folders of their own.
Alias: $ae = http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition
