// Tests, components and other codes that no published system has.

CodeSystem: H2CCodeCS
Id: h2c-code
Title: "Code"
Description: "Tests and components of the trial; the property sdtm is the test code of CDISC SDTM."
* insert Complete
* ^property.code = #sdtm
* ^property.type = #string
* ^property.description = "Test code in CDISC SDTM"
* #persist-tcrz-cd137 "CART-HER-2 by PCR, target TCR zeta:CD137"
* #persist-tcrz-cd137 ^property.code = #sdtm
* #persist-tcrz-cd137 ^property.valueString = "CARCD137"
* #persist-tcrz "CART-HER-2 by PCR, target TCR zeta"
* #persist-tcrz ^property.code = #sdtm
* #persist-tcrz ^property.valueString = "CARZETA"
* #lod "Limit of detection"
* #lloq "Lower limit of quantification"
* #input-nucleic-acid "Input of nucleic acid"
* #trafficking-tumour "Relative trafficking to the tumour bed"
* #trafficking-tumour ^property.code = #sdtm
* #trafficking-tumour ^property.valueString = "TRAFTUM"
* #trafficking-blood "Relative trafficking in peripheral blood"
* #trafficking-blood ^property.code = #sdtm
* #trafficking-blood ^property.valueString = "TRAFBLD"
* #tumour-concentration "Concentration in the tumour"
* #blood-concentration "Concentration in blood"
* #blood-cmax "Largest concentration in blood"
* #trafficking-ratio "Ratio of tumour to blood"
* #her2-ihc-score "HER-2 score by immunohistochemistry"
* #her2-ihc-score ^property.code = #sdtm
* #her2-ihc-score ^property.valueString = "HER2IHC"
* #her2-ihc-percent "HER-2 stained tumour cells"
* #product-release "Product release"
* #transduction-efficiency "Transduction efficiency"
* #transduction-efficiency ^property.code = #sdtm
* #transduction-efficiency ^property.valueString = "TRANSDUC"
* #viability "Viability"
* #viability ^property.code = #sdtm
* #viability ^property.valueString = "VIABCELL"
* #cd4-cd8-ratio "CD4:CD8 ratio"
* #cd4-cd8-ratio ^property.code = #sdtm
* #cd4-cd8-ratio ^property.valueString = "CD4CD8"
* #vector-copies-per-cell "Vector copies per cell"
* #sterility "Sterility"
* #mycoplasma "Mycoplasma"
* #endotoxin "Endotoxin"
* #product-rcl "Replication-competent virus in the product"
* #host-ab-anti-murine-her2 "Antibody to the murine anti-HER-2 scFv"
* #host-ab-anti-murine-her2 ^property.code = #sdtm
* #host-ab-anti-murine-her2 ^property.valueString = "ADAHER2"
* #host-hama "Human anti-mouse antibody"
* #host-hama ^property.code = #sdtm
* #host-hama ^property.valueString = "HAMA"
* #host-cell-elispot "Interferon gamma ELISpot"
* #host-cell-elispot ^property.code = #sdtm
* #host-cell-elispot ^property.valueString = "ELIHER2"
* #titre "Titre"
* #elispot-sfu "Spot-forming units"
* #elispot-background "Background of spot-forming units"
* #stimulant "Stimulant"
* #tcell-subsets "Subsets of CART-HER-2"
* #parent-gate "Parent gate"
* #tcm "Central memory T cells"
* #tcm ^property.code = #sdtm
* #tcm ^property.valueString = "TCM"
* #tem "Effector memory T cells"
* #tem ^property.code = #sdtm
* #tem ^property.valueString = "TEM"
* #treg "Regulatory T cells"
* #treg ^property.code = #sdtm
* #treg ^property.valueString = "TREG"
* #tn-tscm "Naive and stem cell memory T cells"
* #temra "Terminally differentiated effector memory T cells"
* #car-of-cd3 "CAR-positive of CD3-positive cells"
* #car-of-cd3 ^property.code = #sdtm
* #car-of-cd3 ^property.valueString = "CARPCT"
* #car-count "CAR-positive cell count"
* #car-count ^property.code = #sdtm
* #car-count ^property.valueString = "CARABS"
* #crs-grade "Grade of cytokine release syndrome"
* #crs-grade ^property.code = #sdtm
* #crs-grade ^property.valueString = "CRSGR"
* #icans-grade "Grade of immune effector cell-associated neurotoxicity"
* #icans-grade ^property.code = #sdtm
* #icans-grade ^property.valueString = "ICANSGR"
* #fever "Fever"
* #vasopressor "Vasopressor"
* #oxygen "Oxygen"
* #ice-score "ICE score"
* #consciousness "Consciousness"
* #seizure "Seizure"
* #motor-weakness "Motor weakness"
* #cerebral-oedema "Cerebral oedema"
* #rcl-blood "Replication-competent virus in blood"
* #rcl-blood ^property.code = #sdtm
* #rcl-blood ^property.valueString = "RCL"
* #vital-status "Vital status"
* #alive "Alive"
* #cause-of-death "Cause of death"
* #sum-of-diameters "Sum of diameters"
* #sum-of-diameters ^property.code = #sdtm
* #sum-of-diameters ^property.valueString = "SUMDIAM"
* #sod-change-baseline "Change of the sum of diameters from baseline"
* #sod-change-nadir "Change of the sum of diameters from nadir"
* #irecist "Response by iRECIST"
* #leukapheresis "Leukapheresis"
* #tumour-biopsy "Tumour biopsy"
* #pbmc "Peripheral blood mononuclear cells"
* #product-sample "Sample of the product"
* #solid-tumour-other "Other solid tumour"
* #safety-report "Safety report"
* #protocol-parameters "Protocol parameters"
* #pet "Positron emission tomography"
* #tnf-alpha "Tumour necrosis factor alpha"
* #il-2 "Interleukin 2"
* #il-15 "Interleukin 15"

ValueSet: H2CCodeVS
Id: h2c-code
Title: "Code"
Description: "Tests and components of the trial; the property sdtm is the test code of CDISC SDTM."
* include codes from system H2CCodeCS
