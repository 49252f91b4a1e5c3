Profile: H2CHostImmunity
Parent: H2CObservation
Id: h2c-host-immunity
Title: "Host immunity"
Description: "The host's humoral or cellular response against the murine anti-HER-2 part; the value is the laboratory's verdict."
* code from H2CHostImmunityCodeVS (required)
* specimen 1..1 MS
* value[x] 0..1 MS
* value[x] only CodeableConcept
* component contains
    titre 0..1 MS and
    sfu 0..1 MS and
    background 0..1 MS and
    stimulant 0..1
* insert QuantityComponent(titre, $code#titre, {titer})
* component[titre] ^comment = "Reciprocal dilution (1:320 is 320); < the first dilution when negative there."
* insert QuantityComponent(sfu, $code#elispot-sfu, {SFU}/10*6)
* component[sfu] ^comment = "Per million PBMC."
* insert QuantityComponent(background, $code#elispot-background, {SFU}/10*6)
* insert TypedComponent(stimulant, $code#stimulant, CodeableConcept)
* component[stimulant] ^comment = "Text: the peptide pool."
* obeys h2c-imm-1

Invariant: h2c-imm-1
Description: "the verdict is positive, negative or indeterminate"
Severity: #error
Expression: "value.exists() implies value.coding.where(code in ('POS' | 'NEG' | 'IND')).exists()"
