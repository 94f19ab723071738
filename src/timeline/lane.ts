import type { Lane } from './entry.ts';

/** What is known of an event when its care setting is decided. All texts as the source wrote them. */
export interface SettingSigns {
  /** Source id or another system's name. */
  source: string | undefined;
  /** Encounter class code (v3-ActCode, or Interweave's `111`, `999-EPR`, …). */
  classCode: string | undefined;
  /** What it calls itself: type, service type, specialty, category. */
  typeWords: readonly string[];
  /** Names of the place and of the organisation that provides it. */
  placeWords: readonly string[];
  /** Location type codes of UK Core (`C01` GP, `D02` out-of-hours centre, `A01` home …). */
  placeCodes: readonly string[];
}

/** A lane, and why: the sentence a developer or a safety officer reads when a row stands in the wrong one. */
export interface LaneDecision {
  lane: Lane;
  because: string;
}

const mentalHealth =
  /mental health|psychiatr|psycholog|camhs|crisis (?:resolution|team)|talking therap|iapt|memory clinic|eating disorder service/i;
const community =
  /community (?:nurs|health|matron|physio|therap|team|service|visit|rehab|palliative)|district nurs|health visit|home nursing|podiatr|hospice|wound care (?:clinic|visit)|intermediate care/i;
const urgent = /\b111\b|out[- ]of[- ]hours|\booh\b|urgent (?:care|treatment)|walk[- ]in|ambulance|\b999\b/i;
const generalPractice =
  /general pract|\bgp\b|family (?:practice|medicine|doctor)|primary care|surgery consultation|well (?:child|person)|wellness|annual (?:check|physical)|general examination/i;
const hospital = /in-?patient|out-?patient|emergency|accident and|\ba&e\b|ward\b|theatre|day case|hospital|surgical/i;
const socialCare = /social (?:care|work|service)|adult care|safeguarding|reablement|home care/i;

const hospitalClasses = new Set(['IMP', 'ACUTE', 'NONAC', 'EMER', 'SS', 'OBSENC', 'PRENC']);
const urgentClasses = new Set(['111', '999-EPR', '999-CAD']);

/**
 * The care setting of an event. A source tag decides first (emis → GP, adastra → out of hours, liquidlogic → social care,
 * patient → shared by the person) unless the event says that it is something else; hospitals tell community and mental
 * health apart by what the event calls itself. Without a known source: class, then type, then place.
 */
export function laneOf(signs: SettingSigns): LaneDecision {
  const type = signs.typeWords.join(' | ');
  const { source, classCode } = signs;
  if (source === 'patient') return { lane: 'patient', because: 'source patient' };
  if (source === 'liquidlogic') return { lane: 'social-care', because: 'source liquidlogic' };
  if (mentalHealth.test(type)) return { lane: 'mental-health', because: 'its type names mental health' };
  if (source === 'adastra') return { lane: 'urgent', because: 'source adastra' };
  if (community.test(type)) return { lane: 'community', because: 'its type names community care' };
  const place = signs.placeWords.join(' | ');
  if (source === 'emis') return emisLane(classCode, type, place);
  if (source === 'system-c' || source === 'carecast') {
    if (mentalHealth.test(place)) return { lane: 'mental-health', because: 'its place names mental health' };
    if (classCode === 'HH') return { lane: 'community', because: 'class HH from a hospital' };
    return { lane: 'hospital', because: `source ${source}` };
  }
  return unknownSourceLane(signs, type, place);
}

function emisLane(classCode: string | undefined, type: string, place: string): LaneDecision {
  if (classCode === 'IMP' || classCode === 'ACUTE' || classCode === 'EMER') {
    return { lane: 'hospital', because: `class ${classCode}, told by the GP` };
  }
  if (urgent.test(type)) return { lane: 'urgent', because: 'its type names out of hours, told by the GP' };
  if (
    !generalPractice.test(type) &&
    /in-?patient|out-?patient|hospital|\ba ?[&+] ?e\b|accident and em|casualty/i.test(type)
  ) {
    return { lane: 'hospital', because: 'its type names a hospital, told by the GP' };
  }
  // What the practice only entered is no contact with it where another service is named as the place.
  if (/externally entered/i.test(type) && /\bhospitals?\b/i.test(place)) {
    return { lane: 'hospital', because: 'entered by the GP, its place names a hospital' };
  }
  return { lane: 'gp', because: 'source emis' };
}

function unknownSourceLane(signs: SettingSigns, type: string, place: string): LaneDecision {
  const { classCode } = signs;
  if (classCode !== undefined && urgentClasses.has(classCode)) {
    return { lane: 'urgent', because: `class ${classCode}` };
  }
  if (mentalHealth.test(place)) return { lane: 'mental-health', because: 'its place names mental health' };
  if (classCode !== undefined && hospitalClasses.has(classCode)) {
    return { lane: 'hospital', because: `class ${classCode}` };
  }
  if (socialCare.test(type)) return { lane: 'social-care', because: 'its type names social care' };
  if (urgent.test(type)) return { lane: 'urgent', because: 'its type names urgent care' };
  if (classCode === 'HH' || signs.placeCodes.includes('A01')) return { lane: 'community', because: 'at home' };
  if (generalPractice.test(type)) return { lane: 'gp', because: 'its type names general practice' };
  if (hospital.test(type)) return { lane: 'hospital', because: 'its type names a hospital' };
  if (signs.placeCodes.includes('C01')) return { lane: 'gp', because: 'place C01' };
  if (signs.placeCodes.includes('D02')) return { lane: 'urgent', because: 'place D02' };
  if (urgent.test(place)) return { lane: 'urgent', because: 'its place names urgent care' };
  if (/surgery|general practice|medical practice|\bgp\b|primary care|family/i.test(place)) {
    return { lane: 'gp', because: 'its place names general practice' };
  }
  if (community.test(place)) return { lane: 'community', because: 'its place names community care' };
  // Nothing tells a clinic of a hospital from any other: the commonest case, and its title claims no more than "Visit".
  return { lane: 'hospital', because: 'nothing names a setting' };
}
