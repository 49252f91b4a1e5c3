Extension: H2CRule
Id: h2c-rule
Title: "Rule"
Description: "A rule that was broken; one extension for each."
Context: DetectedIssue
* value[x] 1..1
* value[x] only string

Extension: H2CDiscovery
Id: h2c-discovery
Title: "Discovery"
Description: "Whether the deviation was known when it happened."
Context: DetectedIssue
* value[x] 1..1
* value[x] only code
* value[x] from H2CDiscoveryVS (required)
