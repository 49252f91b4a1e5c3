// Diseases, body sites, specimens, procedures and drugs.

ValueSet: H2CSolidTumourVS
Id: h2c-solid-tumour-vs
Title: "Solid tumour"
Description: "Tumour types of the trial; any other HER-2-positive advanced solid tumour is solid-tumour-other with text."
* insert Snomed
* $sct#254837009 "Malignant neoplasm of breast"
* $sct#427685000 "HER2-positive carcinoma of breast"
* $sct#363349007 "Malignant tumor of stomach"
* $sct#109841003 "Liver cell carcinoma"
* $sct#93870000 "Malignant neoplasm of liver"
* $sct#188192002 "Malignant neoplasm of endometrium"
* $sct#363443007 "Malignant tumor of ovary"
* $sct#363418001 "Malignant tumor of pancreas"
* $sct#363358000 "Malignant tumor of lung"
* $code#solid-tumour-other

ValueSet: H2CBodySiteVS
Id: h2c-body-site-vs
Title: "Body site"
Description: "Sites of lesions."
* insert Snomed
* $sct#10200004 "Liver structure"
* $sct#39607008 "Lung structure"
* $sct#59441001 "Structure of lymph node"
* $sct#76752008 "Breast structure"
* $sct#69695003 "Stomach structure"
* $sct#15497006 "Ovarian structure"
* $sct#2739003 "Endometrial structure"
* $sct#15425007 "Peritoneum structure"
* $sct#272673000 "Bone structure"
* $sct#12738006 "Brain structure"

ValueSet: H2CSpecimenTypeVS
Id: h2c-specimen-vs
Title: "Specimen type"
Description: "Types of specimens. Blood: BLD, WB, 258580003, pbmc; tumour: TUMOR, 258435002; product: product-sample."
* insert Snomed
* $specimen-type#BLD
* $specimen-type#WB
* $specimen-type#SER
* $specimen-type#PLAS
* $specimen-type#TUMOR
* $sct#258580003 "Whole blood sample"
* $sct#119364003 "Serum specimen"
* $sct#119361006 "Plasma specimen"
* $sct#258435002 "Tumor tissue sample"
* $code#pbmc
* $code#product-sample

ValueSet: H2CImagingMethodVS
Id: h2c-imaging-method-vs
Title: "Imaging method"
Description: "Methods by which a lesion is measured."
* insert Snomed
* $sct#77477000 "Computed tomography"
* $sct#113091000 "Magnetic resonance imaging"
* $sct#16310003 "Ultrasonography"
* $sct#363680008 "Radiographic imaging procedure"
* $code#pet

ValueSet: H2CProcedureVS
Id: h2c-procedure-vs
Title: "Procedure"
Description: "Procedures of the trial."
* $code#leukapheresis
* $code#tumour-biopsy

ValueSet: H2CLymphodepletionVS
Id: h2c-lymphodepletion-vs
Title: "Lymphodepletion"
Description: "Drugs of conditioning."
* $rxnorm#3002 "cyclophosphamide"
* $rxnorm#56946 "paclitaxel"
* $rxnorm#24698 "fludarabine"

ValueSet: H2CRxNormVS
Id: h2c-rxnorm-vs
Title: "Drug"
Description: "Any drug of RxNorm."
* include codes from system $rxnorm

ValueSet: H2CVitalStatusVS
Id: h2c-vital-status-vs
Title: "Vital status"
Description: "Alive, dead or lost to follow-up."
* insert Snomed
* $code#alive
* $sct#419099009 "Dead"
* $sct#399307001 "Lost to follow-up"

ValueSet: H2CVisitClassVS
Id: h2c-visit-class-vs
Title: "Class of a visit"
Description: "On site, as an inpatient, or by telephone."
* $act-code#AMB
* $act-code#IMP
* $act-code#VR

ValueSet: H2CDispositionVS
Id: h2c-disposition-vs
Title: "Disposition"
Description: "How an epoch of a participation ends."
* insert Ncit
* $ncit#C25250 "Completed"
* $ncit#C28554 "Dead"
* $ncit#C41331 "Adverse event"
* $ncit#C35571 "Progressive disease"
* $ncit#C48226 "Lack of efficacy"
* $ncit#C48227 "Lost to follow-up"
* $ncit#C48250 "Physician decision"
* $ncit#C49634 "Withdrawal by subject"
* $ncit#C50996 "Protocol deviation"
* $disposition#screen-failure
* $disposition#product-failure
* $disposition#study-terminated
