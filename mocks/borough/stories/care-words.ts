/** Words of the Interweave social care code systems used here, by code. */
export const careWords = {
  requester: {
    hospital: { code: 'SH', text: 'Secondary Health (A&E, Hospital, OT, Ward, Hospice)' },
    family: { code: 'FFN', text: 'Family/Friend/Neighbour' },
    gp: { code: 'PCH', text: 'Primary Community Health (GP, community based)' },
    self: { code: 'S', text: 'Self' },
  },
  contact: {
    discharge: { code: 'HD', text: 'Hospital Discharge' },
    assessment: { code: 'REQ-ASS', text: 'Request for Assessment' },
    equipment: { code: 'REQ-AE', text: 'Request for Adaptation/Equipment' },
    carers: { code: 'REQ-CS', text: 'Request for Carers Services' },
    welfare: { code: 'CFW', text: 'Concern for Welfare' },
    review: { code: 'REQ-R', text: 'Request for Review' },
  },
  assessment: {
    needs: { code: 'CN', text: 'Care Act Needs Assessment' },
    carer: { code: 'CA', text: 'Carers Assessment' },
    discharge: { code: 'HD', text: 'Hospital Discharge Assessment' },
    therapy: { code: 'OT', text: 'Occupational Therapy Assessment' },
    reablement: { code: 'RA', text: 'Reablement Assessment' },
  },
  outcome: {
    reablement: { code: 'PRO-R', text: 'Progress to Reablement/ST-Max' },
    support: { code: 'PRO-SUP', text: 'Progress to Support Planning / Services' },
    unchanged: { code: 'NCP', text: 'No change in package' },
    ended: { code: 'SEP', text: 'Service ended as planned' },
    advice: { code: 'NFA-IA', text: 'NFA - Information & Advice / Signposting only' },
  },
  category: {
    shortMax: { code: 'STS-STMAX', text: 'Short Term Support: ST-Max' },
    community: { code: 'LTS-C', text: 'Long Term Support: Community' },
    residential: { code: 'LTS-RS', text: 'Long Term Support: Residential Care' },
    carer: { code: 'CS-DC', text: 'Carer Support: Direct to Carer' },
  },
  service: {
    reablement: { code: 'R', text: 'Reablement' },
    homeSupport: { code: 'HS', text: 'Home Support' },
    daySupport: { code: 'DS', text: 'Day Support' },
    residential: { code: 'LTRC', text: 'Long Term Residential Care' },
    meals: { code: 'M', text: 'Meals' },
  },
} as const;
