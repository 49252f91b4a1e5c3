// What an adverse event may be: its term, grade, causality, seriousness.

ValueSet: H2CCtcaeVS
Id: h2c-ctcae-vs
Title: "CTCAE v5.0 terms"
Description: "Terms of CTCAE v5.0 that are expected in this trial; another CTCAE term is accepted with a warning."
* insert Ncit
// CRS, immune, infusion
* $ncit#C143394 "Cytokine release syndrome"
* $ncit#C143583 "Infusion related reaction"
* $ncit#C143282 "Anaphylaxis"
* $ncit#C143310 "Autoimmune disorder"
* $ncit#C143349 "Capillary leak syndrome"
* $ncit#C146688 "Tumor lysis syndrome"
* $ncit#C143580 "Immune system disorders - Other, specify"
// Nervous system
* $ncit#C146699 "Encephalopathy"
* $ncit#C143702 "Nervous system disorders - Other, specify"
* $ncit#C146700 "Seizure"
* $ncit#C143427 "Dysphasia"
* $ncit#C146785 "Confusion"
* $ncit#C143400 "Delirium"
* $ncit#C146780 "Tremor"
* $ncit#C143527 "Headache"
* $ncit#C143852 "Somnolence"
* $ncit#C143403 "Depressed level of consciousness"
// Pulmonary
* $ncit#C58185 "Dyspnea"
* $ncit#C58188 "Hypoxia"
* $ncit#C143767 "Pneumonitis"
* $ncit#C58020 "Adult respiratory distress syndrome"
* $ncit#C143789 "Pulmonary edema"
// Cardiac
* $ncit#C143436 "Ejection fraction decreased"
* $ncit#C146719 "Left ventricular systolic dysfunction"
* $ncit#C143529 "Heart failure"
* $ncit#C146695 "Myocarditis"
* $ncit#C143353 "Cardiac troponin I increased"
* $ncit#C143354 "Cardiac troponin T increased"
// Haematological
* $ncit#C143283 "Anemia"
* $ncit#C143704 "Neutrophil count decreased"
* $ncit#C143764 "Platelet count decreased"
* $ncit#C143662 "Lymphocyte count decreased"
* $ncit#C143948 "White blood cell decreased"
// General
* $ncit#C143485 "Fever"
* $ncit#C143481 "Febrile neutropenia"
* $ncit#C143366 "Chills"
* $ncit#C146753 "Fatigue"
* $ncit#C143492 "Flu like symptoms"
* $ncit#C143680 "Multi-organ failure"
* $ncit#C55061 "Hypotension"
* $ncit#C55060 "Hypertension"
* $ncit#C146759 "Sinus tachycardia"
// Gastrointestinal tract, liver and kidney
* $ncit#C146764 "Nausea"
* $ncit#C57896 "Vomiting"
* $ncit#C57788 "Diarrhea"
* $ncit#C143895 "Upper gastrointestinal hemorrhage"
* $ncit#C143656 "Lower gastrointestinal hemorrhage"
* $ncit#C143255 "Abdominal pain"
* $ncit#C143267 "Alanine aminotransferase increased"
* $ncit#C143301 "Aspartate aminotransferase increased"
* $ncit#C143325 "Blood bilirubin increased"
* $ncit#C143391 "Creatinine increased"
// Other
* $ncit#C143688 "Myalgia"
* $ncit#C143298 "Arthralgia"
* $ncit#C58006 "Pruritus"
* $ncit#C143799 "Rash maculo-papular"
* $ncit#C143827 "Sepsis"
* $ncit#C143657 "Lung infection"
* $ncit#C146782 "Tumor pain"
* $ncit#C143887 "Treatment related secondary malignancy"
// Other, specify, of further system organ classes
* $ncit#C143352 "Cardiac disorders - Other, specify"
* $ncit#C143382 "Congenital, familial and genetic disorders - Other, specify"
* $ncit#C143429 "Ear and labyrinth disorders - Other, specify"
* $ncit#C143442 "Endocrine disorders - Other, specify"
* $ncit#C143468 "Eye disorders - Other, specify"
* $ncit#C143508 "Gastrointestinal disorders - Other, specify"

ValueSet: H2CAePulmonaryVS
Id: h2c-ae-pulmonary-vs
Title: "Pulmonary terms"
Description: "Terms that the dosing gate reads as pulmonary."
* insert Ncit
* $ncit#C58185 "Dyspnea"
* $ncit#C58188 "Hypoxia"
* $ncit#C143767 "Pneumonitis"
* $ncit#C58020 "Adult respiratory distress syndrome"
* $ncit#C143789 "Pulmonary edema"

ValueSet: H2CAeCardiacVS
Id: h2c-ae-cardiac-vs
Title: "Cardiac terms"
Description: "Terms that the dosing gate reads as cardiac; increased troponin is not among them."
* insert Ncit
* $ncit#C143436 "Ejection fraction decreased"
* $ncit#C146719 "Left ventricular systolic dysfunction"
* $ncit#C143529 "Heart failure"
* $ncit#C146695 "Myocarditis"

ValueSet: H2CAeHaemVS
Id: h2c-ae-haem-vs
Title: "Haematological terms"
Description: "Terms that the dosing gate reads as haematological."
* insert Ncit
* $ncit#C143283 "Anemia"
* $ncit#C143704 "Neutrophil count decreased"
* $ncit#C143764 "Platelet count decreased"
* $ncit#C143662 "Lymphocyte count decreased"
* $ncit#C143948 "White blood cell decreased"

ValueSet: H2CAeGradeVS
Id: h2c-ae-grade-vs
Title: "Grade"
Description: "Grades 1 to 5; the codes do not sort like the grades."
* insert Ncit
* $ncit#C41338 "Grade 1 adverse event"
* $ncit#C41339 "Grade 2 adverse event"
* $ncit#C41340 "Grade 3 adverse event"
* $ncit#C41337 "Grade 4 adverse event"
* $ncit#C48275 "Death related to adverse event"

ValueSet: H2CRelatednessVS
Id: h2c-relatedness-vs
Title: "Relatedness"
Description: "How likely an entity caused an event. Possibly, probably and related count as related."
* insert Ncit
* $ncit#C53256 "Not related"
* $ncit#C53257 "Unlikely related"
* $ncit#C53258 "Possibly related"
* $ncit#C53259 "Probably related"
* $ncit#C53260 "Related"

ValueSet: H2CSeriousnessCriteriaVS
Id: h2c-seriousness-criteria-vs
Title: "Seriousness criteria"
Description: "Criteria of a serious event."
* insert Ncit
* $ncit#C48275 "Death related to adverse event"
* $ncit#C84266 "Life-threatening"
* $ncit#C83052 "Hospitalisation"
* $ncit#C11338 "Disability"
* $ncit#C83117 "Congenital anomaly or birth defect"
* $ncit#C82521 "Other medically important event"
* $ncit#C201939 "Required intervention"

// R4 4.0.1 carries this system with Serious and Non-serious, HL7 Terminology with the lower case under the same
// canonical. Base R4 must know both, a record of the trial may use the lower case only.
CodeSystem: SeriousnessCS
Id: adverse-event-seriousness
Title: "AdverseEventSeriousness"
Description: "HL7 Terminology's version of the system, which supersedes that of R4 4.0.1; the two codes of R4 are kept beside it because plain R4 resources may carry them."
* ^url = "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness"
* ^content = #complete
* ^caseSensitive = true
* #non-serious "Non-serious"
* #serious "Serious"
* #Non-serious "Non-serious" "R4 4.0.1's spelling"
* #Serious "Serious" "R4 4.0.1's spelling"

ValueSet: H2CSeriousnessVS
Id: h2c-seriousness-vs
Title: "Seriousness"
Description: "Serious or not, in lower case: write serious and non-serious, not Serious and Non-serious."
* $seriousness#serious "Serious"
* $seriousness#non-serious "Non-serious"
