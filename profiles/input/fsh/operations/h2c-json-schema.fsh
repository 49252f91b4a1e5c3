Instance: h2c-json-schema
InstanceOf: OperationDefinition
Usage: #definition
* insert TrialOperation(json-schema, StructureDefinition)
* name = "H2CJsonSchema"
* title = "The JSON Schema of a profile"
* description = "Returns a profile, or a type of R4 by its name, as a JSON Schema that needs nothing else, so that data can be validated before they are sent, in any language. What it cannot express it names in $comment."
* affectsState = false
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The schema, which travels as application/schema+json."
* parameter[=].type = #Binary
