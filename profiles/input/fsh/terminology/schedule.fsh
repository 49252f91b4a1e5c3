// Visits and epochs.

CodeSystem: H2CVisitCS
Id: h2c-visit
Title: "Visit"
Description: "The visits of the protocol."
* insert Complete
* #SCR "Screening"
* #APH "Leukapheresis"
* #PRE "Baseline before conditioning"
* #LD "Lymphodepletion"
* #D0 "Day 0"
* #D1 "Day 1"
* #D2 "Day 2"
* #D4 "Day 4"
* #D7 "Day 7"
* #D10 "Day 10"
* #D14 "Day 14"
* #D21 "Day 21"
* #D28 "Day 28"
* #W6 "Week 6"
* #W8 "Week 8"
* #W12 "Week 12"
* #W16 "Week 16"
* #W20 "Week 20"
* #W24 "Week 24"
* #M9 "Month 9"
* #M12 "Month 12"
* #M15 "Month 15"
* #M18 "Month 18"
* #M21 "Month 21"
* #M24 "Month 24"
* #M27 "Month 27"
* #M30 "Month 30"
* #A01 "Annual visit 1 (month 42)"
* #A02 "Annual visit 2 (month 54)"
* #A03 "Annual visit 3 (month 66)"
* #A04 "Annual visit 4 (month 78)"
* #A05 "Annual visit 5 (month 90)"
* #A06 "Annual visit 6 (month 102)"
* #A07 "Annual visit 7 (month 114)"
* #A08 "Annual visit 8 (month 126)"
* #A09 "Annual visit 9 (month 138)"
* #A10 "Annual visit 10 (month 150)"
* #A11 "Annual visit 11 (month 162)"
* #A12 "Annual visit 12 (month 174)"
* #A13 "Annual visit 13 (month 186)"
* #UNS "Unscheduled"
* #EOS "End of study"

ValueSet: H2CVisitVS
Id: h2c-visit-vs
Title: "Visit"
Description: "The visits of the protocol."
* include codes from system H2CVisitCS


CodeSystem: H2CEpochCS
Id: h2c-epoch
Title: "Epoch"
Description: "The epochs of a participation."
* insert Complete
* #screening "Screening"
* #treatment "Treatment"
* #follow-up "Follow-up"

ValueSet: H2CEpochVS
Id: h2c-epoch
Title: "Epoch"
Description: "The epochs of a participation."
* include codes from system H2CEpochCS
