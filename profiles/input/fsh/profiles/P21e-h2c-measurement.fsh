Profile: H2CMeasurement
Parent: H2CObservation
Id: h2c-measurement
Title: "Measurement"
Description: "A laboratory value, vital sign, cytokine or cardiac value in a unit listed for its code (ConceptMap h2c-measurement-unit). A vital sign also satisfies R4's vital signs profile."
* code from H2CMeasurementVS (required)
* value[x] 0..1 MS
* value[x] only Quantity
* referenceRange 0..* MS
* specimen 0..1 MS
* obeys h2c-mea-1 and h2c-mea-2
* obeys h2c-mea-temperature and h2c-mea-rate and h2c-mea-pressure and h2c-mea-percent and h2c-mea-weight and h2c-mea-height and h2c-mea-surface
* obeys h2c-mea-cells and h2c-mea-haemoglobin and h2c-mea-cd4
* obeys h2c-mea-enzyme and h2c-mea-mass and h2c-mea-substance
* obeys h2c-mea-ferritin and h2c-mea-crp and h2c-mea-ddimer and h2c-mea-cytokine and h2c-mea-cardiac

Invariant: h2c-mea-1
Description: "the unit is a UCUM code"
Severity: #error
Expression: "value.exists() implies (value.system = 'http://unitsofmeasure.org' and value.code.exists())"

// The rules of R4's profile vitalsigns that P13 does not have: its category, vs-1 and vs-3.
Invariant: h2c-mea-2
Description: "a vital sign satisfies the base profile vitalsigns: category vital-signs, dated to the day, no component without value and reason"
Severity: #error
Expression: "code.coding.where(system = 'http://loinc.org' and code in ('8310-5' | '8867-4' | '9279-1' | '85354-9' | '8480-6' | '8462-4' | '2708-6' | '59408-5' | '29463-7' | '8302-2')).exists() implies (category.coding.where(system = 'http://terminology.hl7.org/CodeSystem/observation-category' and code = 'vital-signs').exists() and effective.exists() and effective.ofType(dateTime).all($this.toString().length() >= 10) and component.all(value.exists() or dataAbsentReason.exists()))"

// One rule for each group of codes with the same units: the unit is one listed for the code.
Invariant: h2c-mea-temperature
Description: "a temperature is in Cel"
Severity: #error
Expression: "code.coding.where(code = '8310-5').exists() implies value.code.all($this = 'Cel')"

Invariant: h2c-mea-rate
Description: "heart rate and respiratory rate are in /min"
Severity: #error
Expression: "code.coding.where(code in ('8867-4' | '9279-1')).exists() implies value.code.all($this = '/min')"

Invariant: h2c-mea-pressure
Description: "a blood pressure is in mm[Hg]"
Severity: #error
Expression: "(code.coding.where(code in ('85354-9' | '8480-6' | '8462-4')).exists() implies value.code.all($this = 'mm[Hg]')) and component.where(code.coding.where(code in ('8480-6' | '8462-4')).exists()).value.all(code = 'mm[Hg]')"

Invariant: h2c-mea-percent
Description: "oxygen saturation and ejection fraction are in %"
Severity: #error
Expression: "code.coding.where(code in ('2708-6' | '59408-5' | '10230-1')).exists() implies value.code.all($this = '%')"

Invariant: h2c-mea-weight
Description: "body weight is in kg"
Severity: #error
Expression: "code.coding.where(code = '29463-7').exists() implies value.code.all($this = 'kg')"

Invariant: h2c-mea-height
Description: "body height is in cm"
Severity: #error
Expression: "code.coding.where(code = '8302-2').exists() implies value.code.all($this = 'cm')"

Invariant: h2c-mea-surface
Description: "body surface area is in m2"
Severity: #error
Expression: "code.coding.where(code = '8277-6').exists() implies value.code.all($this = 'm2')"

Invariant: h2c-mea-cells
Description: "leukocytes, neutrophils, lymphocytes and platelets are in 10*3/uL or 10*9/L"
Severity: #error
Expression: "code.coding.where(code in ('6690-2' | '751-8' | '731-0' | '777-3')).exists() implies value.code.all($this in ('10*3/uL' | '10*9/L'))"

Invariant: h2c-mea-haemoglobin
Description: "haemoglobin is in g/dL or g/L"
Severity: #error
Expression: "code.coding.where(code = '718-7').exists() implies value.code.all($this in ('g/dL' | 'g/L'))"

Invariant: h2c-mea-cd4
Description: "CD3+CD4+ cells are in /uL"
Severity: #error
Expression: "code.coding.where(code = '24467-3').exists() implies value.code.all($this = '/uL')"

Invariant: h2c-mea-enzyme
Description: "ALT, AST and LDH are in U/L"
Severity: #error
Expression: "code.coding.where(code in ('1742-6' | '1920-8' | '14804-9')).exists() implies value.code.all($this = 'U/L')"

Invariant: h2c-mea-mass
Description: "bilirubin and creatinine as mass (1975-2, 2160-0) are in mg/dL; in umol/L the codes are 14631-6 and 14682-9"
Severity: #error
Expression: "code.coding.where(code in ('1975-2' | '2160-0')).exists() implies value.code.all($this = 'mg/dL')"

Invariant: h2c-mea-substance
Description: "bilirubin and creatinine as substance (14631-6, 14682-9) are in umol/L; in mg/dL the codes are 1975-2 and 2160-0"
Severity: #error
Expression: "code.coding.where(code in ('14631-6' | '14682-9')).exists() implies value.code.all($this = 'umol/L')"

Invariant: h2c-mea-ferritin
Description: "ferritin is in ng/mL or ug/L"
Severity: #error
Expression: "code.coding.where(code = '2276-4').exists() implies value.code.all($this in ('ng/mL' | 'ug/L'))"

Invariant: h2c-mea-crp
Description: "C-reactive protein is in mg/L or mg/dL"
Severity: #error
Expression: "code.coding.where(code = '1988-5').exists() implies value.code.all($this in ('mg/L' | 'mg/dL'))"

Invariant: h2c-mea-ddimer
Description: "D-dimer is in ug/mL{FEU}"
Severity: #error
Expression: "code.coding.where(code = '48065-7').exists() implies value.code.all($this = 'ug/mL{FEU}')"

Invariant: h2c-mea-cytokine
Description: "a cytokine is in pg/mL"
Severity: #error
Expression: "code.coding.where(code in ('26881-3' | '27415-9' | '26848-2' | '33211-4' | '13629-1' | 'tnf-alpha' | 'il-2' | 'il-15')).exists() implies value.code.all($this = 'pg/mL')"

Invariant: h2c-mea-cardiac
Description: "troponin I and NT-proBNP are in ng/L or pg/mL"
Severity: #error
Expression: "code.coding.where(code in ('89579-7' | '33762-6')).exists() implies value.code.all($this in ('ng/L' | 'pg/mL'))"
