// Deviations and results of the trial rules.

CodeSystem: H2CDeviationCS
Id: h2c-deviation
Title: "Deviation"
Description: "Protocol deviations and data findings."
* insert Complete
* #dose-despite-toxicity "Dose despite toxicity"
* #dose-without-enrolment "Dose without enrolment or consent"
* #dose-wrong-product "Dose of a wrong product"
* #dose-out-of-window "Dose out of window"
* #unplanned-dose "Unplanned dose"
* #activity-before-consent "Activity before consent"
* #eligibility-override "Eligibility overridden"
* #eligibility-lost "Eligibility lost"
* #visit-out-of-window "Visit out of window"
* #visit-missed "Visit missed"
* #activity-missed "Activity missed"
* #safety-assessment-missing "Safety assessment missing"
* #sae-late-report "Serious adverse event reported late"
* #order-gap "Gap in the order of enrolment"
* #data-conflict "Conflict of data"

ValueSet: H2CDeviationVS
Id: h2c-deviation-vs
Title: "Deviation"
Description: "Protocol deviations and data findings."
* include codes from system H2CDeviationCS


CodeSystem: H2CDiscoveryCS
Id: h2c-discovery
Title: "Discovery"
Description: "Whether a deviation was known when it happened."
* insert Complete
* #prospective "Prospective"
* #retrospective "Retrospective"

ValueSet: H2CDiscoveryVS
Id: h2c-discovery
Title: "Discovery"
Description: "Whether a deviation was known when it happened."
* include codes from system H2CDiscoveryCS


CodeSystem: H2CMetricCS
Id: h2c-metric
Title: "Metric"
Description: "Results of the trial rules."
* insert Complete
* #cmax "Largest quantified value"
* #tmax "Time of the largest value"
* #auc0-28 "Area under the curve, day 0 to 28"
* #tlast "Time of the last detected sample"
* #persistence-duration "Duration of persistence"
* #loss-of-engraftment "Loss of engraftment"
* #never-engrafted "Never engrafted"
* #incidence "Incidence"
* #orr "Objective response rate"
* #dcr "Disease control rate"
* #median-persistence "Median persistence"
* #phi "Phi coefficient"
* #fisher-p "Fisher exact p"
* #spearman-rho "Spearman rho"
* #fold-rise "Fold rise"
* #dlt-count "Number of dose-limiting toxicities"
* #dlt-posterior "Posterior probability of dose-limiting toxicity"

ValueSet: H2CMetricVS
Id: h2c-metric
Title: "Metric"
Description: "Results of the trial rules."
* include codes from system H2CMetricCS
