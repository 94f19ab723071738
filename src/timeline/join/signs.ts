import type { Appointment, DocumentReference, Encounter, Identifier, Reference, Resource } from 'fhir/r4';
import type { PartialDate } from '../../../fhir/partial-date.ts';
import { odsSiteSystem, odsSystem } from '../../../fhir/systems.ts';
import type { Entry, Statement } from '../entry.ts';
import { concept, date, items, text } from '../read.ts';
import type { Place } from './places.ts';
import { familyName, specialtiesIn } from './words.ts';

/** What kinds of telling are compared with each other: rules are written per pair of families. */
export type Family =
  | 'stay'
  | 'emergency'
  | 'outpatient'
  | 'visit'
  | 'urgent'
  | 'community'
  | 'mental-health'
  | 'gp'
  | 'booking'
  | 'letter';

/** What one telling says of when, where, why and with whom, as far as it says it. */
export interface Signs {
  start: PartialDate | undefined;
  end: PartialDate | undefined;
  /** For a letter: when it was written. */
  written?: PartialDate | undefined;
  /** How it was called: compared within a family, where a call is not a visit. */
  kind: Entry['kind'];
  place: Place;
  /** Whether its teller reports what others did: a GP's entry of a hospital visit, a letter. */
  report: boolean;
  /** Codes and plain words. */
  reasons: readonly string[];
  specialties: readonly string[];
  clinicians: readonly string[];
}

/** An entry as the join sees it. */
export interface Telling {
  entry: Entry;
  /** When it begins, epoch milliseconds; NaN where nobody said. */
  at: number;
  /** Whether its beginning names the minute. */
  timed: boolean;
  /** Who tells it; undefined when nobody said, and then it is never joined by score. */
  source: string | undefined;
  family: Family | undefined;
  /** Identifiers of the event, `system|value`. */
  ids: readonly string[];
  /** Identifiers of other events it names as the one it is about, or was booked for. */
  names: readonly string[];
  /** Referrals and orders it was based on. */
  orders: readonly string[];
  /** For a visit that has its own booking: the instants it was booked for. */
  slots: readonly number[];
  /** For a letter: what it calls itself, whoever filed it. */
  title: string | undefined;
  /** For a letter: the families of events it can be about. */
  about: readonly Family[];
}

const families: Partial<Record<Entry['kind'], Family>> = {
  stay: 'stay',
  emergency: 'emergency',
  outpatient: 'outpatient',
  visit: 'visit',
  'urgent-call': 'urgent',
  'urgent-visit': 'urgent',
  'community-visit': 'community',
  'mental-health-contact': 'mental-health',
  'gp-consultation': 'gp',
  'gp-call': 'gp',
  booking: 'booking',
  letter: 'letter',
};

const tellings = new WeakMap<Entry, Telling>();
const signs = new WeakMap<Entry, Signs>();

/** How the join sees an entry; worked out once for each. */
export function tellingOf(entry: Entry): Telling {
  let telling = tellings.get(entry);
  if (telling === undefined) tellings.set(entry, (telling = newTelling(entry)));
  return telling;
}

/**
 * Reads of an entry what the join will ask of it, as part of mapping it: as pages arrive and not all at once (T12). What a practice
 * says of its own consultations is read only of those that come near another source's.
 */
export function readForJoin(entry: Entry): void {
  const { family } = tellingOf(entry);
  if (family !== undefined && family !== 'gp') signsOf(entry);
}

function newTelling(entry: Entry): Telling {
  const { statements, start } = entry;
  const [first] = statements;
  const family = families[entry.kind];
  const alone = statements.length === 1;
  const type = first?.resource.resourceType;
  const own = alone ? statements : statements.filter(({ resource }) => resource.resourceType === type);
  return {
    entry,
    at: start?.start ?? Number.NaN,
    timed: start?.precision === 'time',
    source: first?.source ?? first?.organisation,
    family,
    ids: gathered(own, identifiersOf),
    names: gathered(own, namesOf),
    orders: gathered(statements, ordersOf),
    slots: family === 'booking' || alone ? none : statements.flatMap(slotOf),
    title: family === 'letter' && first !== undefined ? titleOf(first) : undefined,
    about: family === 'letter' && first !== undefined ? aboutOf(first) : none,
  };
}

const none: readonly never[] = [];

/** Nearly every entry has one statement, and nearly every statement says none of it: no list is made for those. */
function gathered(statements: readonly Statement[], of: (resource: Resource) => readonly string[]): readonly string[] {
  const [first] = statements;
  if (statements.length === 1 && first !== undefined) return of(first.resource);
  return statements.flatMap(({ resource }) => of(resource));
}

function slotOf({ resource }: Statement): number[] {
  const start = resource.resourceType === 'Appointment' ? date((resource as Appointment).start) : undefined;
  return start?.precision === 'time' ? [start.start] : [];
}

/** Placeholders that systems write where a number was never given. */
const noNumber = /^(?:0+|-+|n\/?a|none|null|unknown|not known|not recorded|tbc|tba|x+)$/i;

/** Numbers that name a person or an organisation, and no event. */
const notOfEvents = /nhs-number|local-patient|ods-|patient-identifier|\bmrn\b/i;

function identifierKey(identifier: Identifier | undefined): string | undefined {
  const system = text(identifier?.system);
  const value = text(identifier?.value);
  // A number without its system may be anybody's; `temp` and `old` ones are handed out again.
  if (system === undefined || value === undefined || noNumber.test(value) || notOfEvents.test(system)) return undefined;
  if (identifier?.use === 'temp' || identifier?.use === 'old') return undefined;
  return `${system}|${value.toUpperCase()}`;
}

function keysOf(identifiers: readonly (Identifier | undefined)[]): string[] {
  return identifiers.map(identifierKey).filter((key) => key !== undefined);
}

interface Identified extends Resource {
  identifier?: Identifier[];
  masterIdentifier?: Identifier;
}

function identifiersOf(resource: Identified): readonly string[] {
  if (resource.identifier === undefined && resource.masterIdentifier === undefined) return none;
  return keysOf([...items(resource.identifier), ...items(resource.masterIdentifier)]);
}

function namesOf(resource: Resource): readonly string[] {
  let references: readonly Reference[] = none;
  if (resource.resourceType === 'DocumentReference') {
    const { context } = resource as DocumentReference;
    references = [...items(context?.encounter), ...items(context?.related)];
  } else if (resource.resourceType === 'Encounter') references = items((resource as Encounter).appointment);
  else if (resource.resourceType === 'Appointment') references = items((resource as Appointment).supportingInformation);
  else if (resource.resourceType === 'DiagnosticReport') {
    references = items((resource as Resource & { encounter?: Reference }).encounter);
  }
  return references.length === 0 ? none : keysOf(references.map(({ identifier }) => identifier));
}

function ordersOf(resource: Resource): readonly string[] {
  if ((resource as Encounter | Appointment).basedOn === undefined) return none;
  return keysOf(items((resource as Encounter | Appointment).basedOn).map(({ identifier }) => identifier));
}

/** What one entry itself says; of its parts each says its own. Worked out once, and only for what may have a twin. */
export function signsOf(entry: Entry): Signs {
  let found = signs.get(entry);
  if (found === undefined) signs.set(entry, (found = newSigns(entry)));
  return found;
}

function newSigns(entry: Entry): Signs {
  const [first] = entry.statements;
  const resource = first?.resource;
  const common = { start: entry.start, end: entry.end, kind: entry.kind };
  if (first === undefined || resource === undefined) {
    return { ...common, place: nowhere, report: false, reasons: [], specialties: [], clinicians: [] };
  }
  if (resource.resourceType === 'Encounter') return { ...common, ...ofEncounter(resource as Encounter, first, entry) };
  if (resource.resourceType === 'Appointment') return { ...common, ...ofBooking(resource as Appointment, first) };
  if (resource.resourceType === 'DocumentReference') return { ...common, ...ofLetter(resource as DocumentReference) };
  return { ...common, place: nowhere, report: false, reasons: [], specialties: [], clinicians: [] };
}

const nowhere: Place = { codes: [], ownCode: undefined, names: [] };
type Said = Omit<Signs, 'start' | 'end' | 'kind'>;

function ofEncounter(encounter: Encounter, { source, organisation }: Statement, entry: Entry): Said {
  const types = [...items(encounter.type), ...items(encounter.serviceType)].map(concept);
  const words = types.join(' | ');
  const report =
    /externally|from a letter|entered from|\breport/i.test(words) ||
    (source === 'emis' && !entry.kind.startsWith('gp'));
  const provider = encounter.serviceProvider;
  return {
    place: {
      codes: odsCodes([provider]),
      ownCode: report ? undefined : organisation,
      names: [
        ...displays([provider]),
        ...displays(items(encounter.location).map(({ location }) => location)).map(siteOf),
      ].filter((name) => name !== undefined),
    },
    report,
    reasons: [
      ...items(encounter.reasonCode).flatMap(wordsAndCodes),
      ...displays([
        ...items(encounter.reasonReference),
        ...items(encounter.diagnosis).map(({ condition }) => condition),
      ]).map(plain),
    ],
    specialties: specialtiesIn(words),
    clinicians: familyNames(items(encounter.participant).map(({ individual }) => individual)),
  };
}

function ofBooking(booking: Appointment, { organisation }: Statement): Said {
  const actors = items(booking.participant).map(({ actor }) => actor);
  const places = actors.filter((actor) => /^(?:Location|Organization|HealthcareService)\b/.test(typeOf(actor)));
  const names = displays(places)
    .map((name) => siteOf(name) ?? name)
    .filter((name) => !/^(?:clinic|phone|video|telephone)/i.test(name));
  const words = [...items(booking.serviceType), ...items(booking.specialty)].map(concept).join(' | ');
  return {
    place: {
      codes: odsCodes(places),
      ownCode: names.length === 0 ? organisation : undefined,
      names,
    },
    report: false,
    reasons: items(booking.reasonCode).flatMap(wordsAndCodes),
    specialties: specialtiesIn(`${words} | ${text(booking.description) ?? ''}`),
    clinicians: familyNames(actors.filter((actor) => typeOf(actor).startsWith('Practitioner'))),
  };
}

function ofLetter(letter: DocumentReference): Said {
  const authors = items(letter.author);
  const organisations = authors.filter(
    (author) =>
      typeOf(author) === 'Organization' || /\b(?:trust|hospitals?|nhs|service)\b/i.test(text(author.display) ?? ''),
  );
  const writers = organisations.length > 0 ? organisations : [letter.custodian];
  const words = [concept(letter.type), concept(letter.context?.practiceSetting), text(letter.description)].join(' | ');
  return {
    written: date(
      items(letter.content).find(({ attachment }) => attachment?.creation)?.attachment.creation ?? letter.date,
    ),
    place: { codes: odsCodes(writers), ownCode: undefined, names: displays(writers) },
    report: true,
    reasons: [],
    specialties: specialtiesIn(words),
    clinicians: familyNames(authors.filter((author) => typeOf(author).startsWith('Practitioner'))),
  };
}

function titleOf({ resource }: Statement): string | undefined {
  return concept((resource as DocumentReference).type)?.toLowerCase();
}

/** What events a letter can tell of, by its own name; one about a visit that did not happen tells of none. */
function aboutOf({ resource }: Statement): Family[] {
  const letter = resource as DocumentReference;
  const words = `${concept(letter.type) ?? ''} | ${text(letter.description) ?? ''}`;
  if (/not attend|\bdna\b|cancel|invit|referral|result|missed|appointment (?:letter|detail|confirm)/i.test(words))
    return [];
  if (/out[- ]of[- ]hours|\b111\b|\booh\b/i.test(words)) return ['urgent'];
  if (/emergency|\ba ?& ?e\b|accident and|\bed (?:discharge|attend|report|letter)/i.test(words)) return ['emergency'];
  if (/discharge|in-?patient/i.test(words)) return ['stay'];
  if (/mental health|psychi|psycholog|memory (?:clinic|service)/i.test(words)) return ['mental-health'];
  return /clinic\b|out-?patient/i.test(words) ? ['outpatient'] : [];
}

function typeOf(reference: Reference | undefined): string {
  return text(reference?.type) ?? text(reference?.reference)?.split('/').at(-2) ?? '';
}

function odsCodes(references: readonly (Reference | undefined)[]): string[] {
  return references
    .map((reference) => reference?.identifier)
    .filter((identifier) => identifier?.system === odsSystem || identifier?.system === odsSiteSystem)
    .map((identifier) => text(identifier?.value))
    .filter((code) => code !== undefined);
}

function displays(references: readonly (Reference | undefined)[]): string[] {
  return references.map((reference) => text(reference?.display)).filter((display) => display !== undefined);
}

/** `Coyle ward, Whittington Hospital` is at the Whittington; a ward or clinic alone names no site. */
function siteOf(name: string): string | undefined {
  const parts = name.split(', ');
  if (parts.length > 1) return parts.at(-1);
  return /hospital|surgery|practice|health centre|infirmary|trust|nhs/i.test(name) ? name : undefined;
}

function familyNames(references: readonly (Reference | undefined)[]): string[] {
  return displays(references)
    .map(familyName)
    .filter((name) => name !== undefined);
}

function plain(words: string): string {
  return words.toLowerCase().trim();
}

function wordsAndCodes(value: NonNullable<Encounter['reasonCode']>[number]): string[] {
  const words = concept(value);
  const codes = items(value.coding).map((coding) => `${text(coding.system) ?? ''}|${text(coding.code) ?? ''}`);
  return [...(words === undefined ? [] : [plain(words)]), ...codes.filter((code) => !code.endsWith('|'))];
}
