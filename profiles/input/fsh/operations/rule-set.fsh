// What all operations of the trial share.

RuleSet: TrialOperation(code, level)
* url = "https://her2-cart.example.org/fhir/OperationDefinition/h2c-{code}"
* version = "0.1.0"
* status = #active
* kind = #operation
* code = #{code}
* resource = #{level}
* system = false
* type = false
* instance = true
