Profile: H2CProductRelease
Parent: H2CObservation
Id: h2c-product-release
Title: "Product release"
Description: "The quality results of one lot."
* code = $code#product-release
* focus 1..1 MS
* focus only Reference(H2CProduct)
* value[x] 0..1 MS
* value[x] only CodeableConcept
* value[x] from H2CReleaseVS (required)
* component contains
    transductionEfficiency 1..1 MS and
    viability 1..1 MS and
    cd4cd8 1..1 MS and
    vcn 0..1 MS and
    sterility 0..1 MS and
    mycoplasma 0..1 MS and
    productRcl 0..1 MS and
    endotoxin 0..1
* insert QuantityComponent(transductionEfficiency, $code#transduction-efficiency, %)
* component[transductionEfficiency] ^comment = "CAR-positive of CD3-positive cells."
* insert QuantityComponent(viability, $code#viability, %)
* insert QuantityComponent(cd4cd8, $code#cd4-cd8-ratio, {ratio})
* insert QuantityComponent(vcn, $code#vector-copies-per-cell, {copies}/{cell})
* insert CodedComponent(sterility, $code#sterility, H2CQualitativeVS)
* insert CodedComponent(mycoplasma, $code#mycoplasma, H2CQualitativeVS)
* insert CodedComponent(productRcl, $code#product-rcl, H2CQualitativeVS)
* insert QuantityComponent(endotoxin, $code#endotoxin, [EU]/mL)
