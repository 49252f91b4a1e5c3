// Methods and gates of the laboratory.

CodeSystem: H2CPcrMethodCS
Id: h2c-pcr-method
Title: "PCR method"
Description: "Methods of persistence PCR and what the copies are counted in."
* insert Complete
* #rt-pcr-rna "RT-PCR, per microgram of total RNA"
* #qpcr-gdna "Quantitative PCR, per microgram of genomic DNA"
* #ddpcr-gdna "Droplet digital PCR, per microgram of genomic DNA"

ValueSet: H2CPcrMethodVS
Id: h2c-pcr-method
Title: "PCR method"
Description: "Methods of persistence PCR and what the copies are counted in."
* include codes from system H2CPcrMethodCS


CodeSystem: H2CRclMethodCS
Id: h2c-rcl-method
Title: "RCL method"
Description: "Methods of testing for replication-competent virus."
* insert Complete
* #vsv-g-qpcr "VSV-G quantitative PCR"
* #gag-qpcr "gag quantitative PCR"
* #coculture "Co-culture"
* #serology "Serology"
* #archived-not-tested "Archived, not tested"

ValueSet: H2CRclMethodVS
Id: h2c-rcl-method
Title: "RCL method"
Description: "Methods of testing for replication-competent virus."
* include codes from system H2CRclMethodCS


CodeSystem: H2CGateCS
Id: h2c-gate
Title: "Gate"
Description: "Parent gates of T-cell subsets."
* insert Complete
* #car-cd3 "CAR-positive CD3"
* #car-cd4 "CAR-positive CD4"
* #car-cd8 "CAR-positive CD8"

ValueSet: H2CGateVS
Id: h2c-gate
Title: "Gate"
Description: "Parent gates of T-cell subsets."
* include codes from system H2CGateCS
