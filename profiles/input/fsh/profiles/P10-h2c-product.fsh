Profile: H2CProduct
Parent: Medication
Id: h2c-product
Title: "Product"
Description: "One manufactured lot of CART-HER-2. Release results are Observations that have the lot as their focus."
* insert BusinessIdentifier
* insert SlicedBy(identifier, value, system)
* identifier contains productLot 1..* MS
* identifier[productLot].system = "https://her2-cart.example.org/fhir/sid/product-lot"
* code 1..1 MS
* code = $product#cart-her-2
* status 1..1 MS
* status ^comment = "inactive: used, expired or rejected."
* manufacturer 1..1 MS
* manufacturer only Reference(H2CSite)
* manufacturer ^comment = "A site of type cell-processing-facility."
* ingredient 1..* MS
* insert SlicedBy(ingredient, value, item)
* ingredient contains cells 1..1
* ingredient[cells].item[x] only CodeableConcept
* ingredient[cells].item[x] = $product#autologous-car-t-cells
* ingredient[cells].isActive 1..1
* ingredient[cells].isActive = true
* batch 0..1 MS
* extension contains
    H2CVector named vector 1..1 MS and
    H2CSourceApheresis named sourceApheresis 1..1 MS and
    H2CAutologousDonor named autologousDonor 1..1 MS
* obeys h2c-prod-1

Invariant: h2c-prod-1
Description: "an active lot has number and expiry"
Severity: #error
Expression: "status = 'active' implies (batch.lotNumber.exists() and batch.expirationDate.exists())"
