import type { CodeableConcept } from 'fhir/r4';
import { interweave, type CodeList } from './interweave.ts';

/**
 * The words of the Client Level Data return (release 1 and release 2 spell many of them otherwise) and of the extension,
 * with the Interweave code that means the same. First the code's own display; after it, other spellings.
 */
const known: Partial<Record<CodeList, Record<string, readonly string[]>>> = {
  SocialCareRequesterType: {
    FFN: ['Family/Friend/Neighbour'],
    PCH: ['Primary Community Health (GP, community based)'],
    SH: ['Secondary Health (A&E, Hospital, OT, Ward, Hospice)'],
    ASCP: ['Adult Social Care Provider'],
    ADV: ['Advocate'],
    LA: ['Legal Agency (Police, Court, Probation etc)'],
    INT: ['Internal'],
    S: ['Self'],
    OTH: ['Other'],
  },
  SocialCareContactReason: {
    HD: ['Hospital Discharge', 'Discharge from Hospital'],
    'REQ-ASS': ['Request for Assessment'],
    'REQ-AE': ['Request for Adaptation/Equipment'],
    'REQ-CS': ['Request for Carers Services'],
    'REQ-R': ['Request for Review'],
    'REQ-I': ['Request for Information'],
    'R-SI': ['Reporting a Safeguarding Incident'],
    CFW: ['Concern for Welfare'],
    TC: ['Transitions Case', 'Planned Entry (Transition)'],
    OTH: ['Other'],
  },
  SocialCareAssessmentType: {
    CN: ['Care Act Needs Assessment'],
    CA: ['Carers Assessment', "Carer's assessment", 'Carer assessment', 'Unpaid carer assessment'],
    HD: ['Hospital Discharge Assessment'],
    MH: ['Mental Health Assessment'],
    OT: ['Occupational Therapy Assessment'],
    RA: ['Reablement Assessment'],
    SA: ['Social Assessment'],
    EOL: ['End of Life Assessment'],
  },
  SocialCareAssessmentOutcome: {
    'PRO-R': ['Progress to Reablement/ST-Max'],
    'PRO-ASS': ['Progress to Assessment'],
    ADMH: ['Admitted to hospital'],
    'PRO-RASS': ['Progress to Re-assessment/Unplanned Review'],
    'PRO-SUP': ['Progress to Support Planning / Services'],
    'PRO-EOL': ['Progress to End of Life Care'],
    NCP: ['No change in package'],
    SEP: ['Service ended as planned'],
    'NFA-MALA': ['NFA - Moved to another LA'],
    'NFA-1NFC': ['NFA - 100% NHS funded care'],
    'NFA-SFC': ['NFA - Self-funded client (inc 12wk disregard)'],
    'NFA-SD': ['NFA - Support declined'],
    'NFA-IA': ['NFA - Information & Advice / Signposting only'],
    'NFA-D': ['NFA - Deceased'],
    'NFA-NSO': ['NFA - No services offered: Other reason'],
    'NFA-SEO': ['NFA - Support ended: Other reason'],
    'NFA-OTH': ['NFA - Other'],
    'PRO-FA': ['Progress to financial assessment'],
    POS: ['Provision of service'],
  },
  SocialCareServiceCategory: {
    'STS-STMAX': ['Short Term Support: ST-Max'],
    'STS-OLL': ['Short Term Support: Ongoing Low Level'],
    'STS-OST': ['Short Term Support: Other Short Term'],
    'LTS-NC': ['Long Term Support: Nursing Care'],
    'LTS-RS': ['Long Term Support: Residential Care'],
    'LTS-C': ['Long Term Support: Community'],
    'LTS-P': ['Long Term Support: Prison'],
    'CS-DC': [
      'Carer Support: Direct to Carer',
      'Unpaid carer support: direct to unpaid carer',
      'Unpaid carer support: direct to carer',
    ],
    'CS-SIPC': [
      'Carer Support: Support involving the person cared-for',
      'Unpaid carer support: support involving the person cared-for',
    ],
  },
  SocialCareServiceType: {
    R: ['Reablement'],
    STNC: ['Short Term Nursing Care'],
    STRC: ['Short Term Residential Care'],
    LTNC: ['Long Term Nursing Care'],
    LTRC: ['Long Term Residential Care'],
    HS: ['Home Support'],
    DS: ['Day Support'],
    M: ['Meals'],
    TRAN: ['Transport'],
    EQ: ['Equipment'],
    DP: ['Direct Payment'],
    SL: ['Shared Lives'],
    CSL: ['Community Supported Living'],
    PS: ['Professional Support', 'Professional Support: Other'],
    'PS-SW': ['Professional Support- Social Worker'],
    LEES: ['Learning/Education/Employment Support'],
    EOL: ['End of Life Care'],
    ES: ['Emergency Support'],
    OSTS: ['Other Short Term Support'],
    OLTS: ['Other Long Term Support'],
    'C-R': ['Carer Respite', 'Unpaid carer respite'],
    'C-SS': ['Carer Sitting Service', 'Unpaid carer sitting service'],
    'C-US': ['Carer Universal Services', 'Unpaid carer universal services'],
    'C-OTH': ['Other Carer Support', 'Other unpaid carer support'],
  },
  SocialCareSupportReason: {
    LDS: ['Learning Disability Support'],
    MHS: ['Mental Health Support'],
    'PS-AMO': ['Physical Support: Access & mobility only'],
    'PS-PCS': ['Physical Support: Personal care support'],
    SMC: ['Support with Memory and Cognition'],
    'SOS-SMS': ['Social Support: Substance misuse support'],
    'SOS-ASS': ['Social Support: Asylum seeker support'],
    'SOS-IO': ['Social Support: Support for Social Isolation/Other'],
    'SS-SVI': ['Sensory Support: Support for visual impairment'],
    'SS-SHI': ['Sensory Support: Support for hearing impairment'],
    'SS-SDI': ['Sensory Support: Support for dual impairment'],
  },
};

/** Words as they are compared: case, punctuation, spaces and `&` for `and` do not tell two values of a list apart. */
export function plain(words: string): string {
  return words
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

const byWords = new Map(
  Object.entries(known).flatMap(([list, codes]) =>
    Object.entries(codes).flatMap(([code, spellings]) =>
      spellings.map((words) => [`${list} ${plain(words)}`, { code, display: spellings[0] ?? words }] as const),
    ),
  ),
);

/** The code of a list that these words stand for; undefined for words that are not in it. */
export function codeFor(list: CodeList, words: string): { code: string; display: string } | undefined {
  return byWords.get(`${list} ${plain(words)}`);
}

/** The source's words, with the code of the list where they are one of its values. */
export function coded(list: CodeList, words: string, text = words): CodeableConcept {
  const found = codeFor(list, words);
  return found === undefined ? { text } : interweave(list, found.code, found.display, text);
}
