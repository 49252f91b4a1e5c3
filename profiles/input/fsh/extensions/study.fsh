Extension: H2CArmAllocation
Id: h2c-arm-allocation
Title: "Arm allocation"
Description: "The arm of subjects from one order of enrolment to another."
Context: ResearchStudy
* extension contains arm 1..1 and fromOrder 1..1 and toOrder 0..1
* insert Part(arm, string)
* insert Part(fromOrder, positiveInt)
* insert Part(toOrder, positiveInt)

Extension: H2COutcomeMeasure
Id: h2c-outcome-measure
Title: "Outcome measure"
Description: "One outcome measure as registered; mirrors ResearchStudy.outcomeMeasure of R5."
Context: ResearchStudy
* extension contains name 1..1 and type 1..1 and timeFrame 1..1 and days 1..1 and measure 1..1 and note 0..1
* insert Part(name, string)
* insert CodedPart(type, code, H2COutcomeMeasureTypeVS)
* insert Part(timeFrame, string)
* insert Part(days, positiveInt)
* insert Part(measure, canonical)
* insert Part(note, string)

Extension: H2CProtocolParameter
Id: h2c-protocol-parameter
Title: "Protocol parameter"
Description: "One parameter of the protocol: every number, code or window that may be amended."
Context: Basic
* extension contains id 1..1 and value 1..* and detail 1..1
* insert Part(id, code)
* extension[value].value[x] 1..1
* extension[value].value[x] only string or integer or decimal or Quantity
* insert Part(detail, string)
