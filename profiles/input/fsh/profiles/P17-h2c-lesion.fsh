Profile: H2CLesion
Parent: BodyStructure
Id: h2c-lesion
Title: "Lesion"
Description: "One tumour lesion; its role and label are stable over time."
* insert BusinessIdentifier
* location 1..1 MS
* location from H2CBodySiteVS (extensible)
* patient 1..1 MS
* extension contains H2CLesionExtension named lesion 1..1 MS
