import type { FhirResource } from 'fhir/r4';
import { isDirectoryType, isResourceType, type ResourceType } from '../../../fhir/resource-types.ts';
import { demographicsOf, type Demographics } from '../../people/demographics.ts';
import { contradicts } from '../../people/match-rules.ts';
import { resourceId } from '../../store/ids.ts';
import { aboutOf, binariesOf } from '../../resource/about.ts';
import type { Admission } from './admissible.ts';
import { asJson, typeOf, type JsonObject } from '../../resource/json.ts';
import { identifiersOf, ownIdOf } from './own-id.ts';
import { parseReference } from '../../resource/reference.ts';
import type { Refusal } from './source-record.ts';

/** One resource as it came, with the address its Bundle gave it. */
export interface Statement {
  resource: FhirResource;
  fullUrl: string | undefined;
}

/** What is known of one resource of the input without holding it. */
export interface Entry {
  type: ResourceType;
  ownId: string;
  /** The hub's id; of a Patient only its place as a source's record, never the person's id. */
  hubId: string;
  /** The last place in the input where it is told: that telling counts. */
  ordinal: number;
  /** Security labels, its own and inherited. */
  mask: number;
  patients: string[];
  via: string[];
  /** The source's id of the Patient it belongs to; undefined for services and staff. Set by `seal`. */
  localId: string | undefined;
  /** Why it is not taken. */
  problem: string | undefined;
}

/**
 * Ids, addresses and belongings of a whole input (a message, a Bundle, a folder), so that references can be resolved
 * whatever order things come in while the resources themselves stream by. Holds ids, never content.
 */
export class InputIndex {
  readonly source: string;
  /** The last telling of each resource, by `Type/own id`. */
  readonly entries = new Map<string, Entry>();
  /** By place in the input. */
  private readonly placed: (Entry | Refusal)[] = [];
  private readonly byUrl = new Map<string, Entry>();
  private readonly byIdentifier = new Map<string, Entry | 'several'>();
  private readonly claims = new Map<string, Entry>();
  private readonly people = new Map<Entry, Demographics>();
  private labelled = false;
  private labelsById: Map<string, number> | undefined;
  /** What the check of structure had to say of resources it let pass, with how often. */
  readonly remarks = new Map<string, number>();
  /** Tellings that a later one of the same resource replaced. */
  repeated = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** Takes note of one resource. `check` says why it cannot be stored, `mask` gives its labels. */
  add(statement: Statement, check: (resource: FhirResource) => Admission, mask: number): void {
    const resource = asJson(statement.resource);
    const type = typeOf(resource);
    const id = typeof resource['id'] === 'string' ? resource['id'] : undefined;
    const refused = !isResourceType(type)
      ? `${/^[A-Z][A-Za-z]{1,40}$/.test(type) ? type : 'This type'} is not among the types the hub takes in.`
      : this.problemOf(check(statement.resource));
    if (refused !== undefined || !isResourceType(type)) {
      this.placed.push({ type, id, reason: refused ?? '' });
      return;
    }
    const { patients, via } = aboutOf(resource);
    const own = ownIdOf(resource, statement.fullUrl);
    const known = this.entries.get(`${type}/${own.id}`);
    if (known !== undefined && own.stated && clashes(known.patients, patients)) {
      this.placed.push({ type, id, reason: 'The same id is used for another person earlier in the input.' });
      return;
    }
    const ownId = known === undefined || own.stated ? own.id : this.numbered(type, own.id);
    const entry: Entry = this.entries.get(`${type}/${ownId}`) ?? {
      type,
      ownId,
      hubId: resourceId(this.source, type, ownId),
      ordinal: -1,
      mask: 0,
      patients,
      via,
      localId: undefined,
      problem: undefined,
    };
    if (entry.ordinal >= 0) this.repeated += 1;
    Object.assign(entry, { ordinal: this.placed.length, patients, via, mask });
    this.labelled ||= mask !== 0;
    this.entries.set(`${type}/${ownId}`, entry);
    this.placed.push(entry);
    if (statement.resource.resourceType === 'Patient') this.notePerson(entry, demographicsOf(statement.resource));
    this.note(entry, resource, statement.fullUrl, id);
  }

  private problemOf({ problem, remarks }: Admission): string | undefined {
    if (problem === undefined) {
      for (const remark of remarks) this.remarks.set(remark, (this.remarks.get(remark) ?? 0) + 1);
    }
    return problem;
  }

  private note(entry: Entry, resource: JsonObject, fullUrl: string | undefined, id: string | undefined): void {
    if (fullUrl !== undefined) this.byUrl.set(fullUrl, entry);
    if (id !== undefined && fullUrl !== `urn:uuid:${id}` && /^[0-9a-f-]{36}$/i.test(id)) {
      this.byUrl.set(`urn:uuid:${id}`, entry);
    }
    for (const identifier of identifiersOf(resource)) {
      this.noteIdentifier(`${entry.type}?${identifier}`, entry);
      if (isDirectoryType(entry.type)) this.noteIdentifier(`${entry.type}?*${identifier.replace(/^[^|]*/, '')}`, entry);
    }
    for (const binary of binariesOf(resource)) this.claims.set(binary.replace(/^.*\/(Binary\/)/, '$1'), entry);
  }

  private notePerson(entry: Entry, demographics: Demographics): void {
    const known = this.people.get(entry);
    if (known !== undefined && differs(known, demographics)) {
      entry.problem = 'Two different people are given under this one id: neither is taken.';
    }
    this.people.set(entry, demographics);
  }

  private noteIdentifier(key: string, entry: Entry): void {
    const known = this.byIdentifier.get(key);
    this.byIdentifier.set(key, known === undefined || known === entry ? entry : 'several');
  }

  /** Without an id of its own, the second one of the same identifier is another resource: `…#2`. */
  private numbered(type: string, ownId: string): string {
    let n = 2;
    while (this.entries.has(`${type}/${ownId}#${n}`)) n += 1;
    return `${ownId}#${n}`;
  }

  /**
   * Once everything is noted: finds each resource's person. With `only`, the input is one source's record of one
   * person: what names nobody is theirs and what names another person is refused. Without, what names nobody is refused.
   */
  seal(only: string | undefined): void {
    for (const entry of this.entries.values()) {
      if (isDirectoryType(entry.type) || entry.problem !== undefined) continue;
      const localIds = this.personsOf(entry, new Set(), only);
      if (only !== undefined) {
        if (localIds.length > 0 && !localIds.includes(only)) entry.problem = 'It names another person than its record.';
        entry.localId = only;
      } else if (localIds[0] === undefined) {
        entry.problem = 'It names no person, directly or through what it belongs to.';
      } else if (localIds[0] === unknownPerson) {
        entry.problem = 'It names a person in a way that leads to nobody here.';
      } else {
        entry.localId = localIds[0];
      }
      const person = this.entries.get(`Patient/${entry.localId ?? ''}`);
      if (person?.problem !== undefined) entry.problem ??= 'Its person was refused.';
    }
  }

  private personsOf(entry: Entry, seen: Set<Entry>, only: string | undefined): string[] {
    if (entry.type === 'Patient') return [entry.ownId];
    if (seen.has(entry)) return [];
    seen.add(entry);
    const named = entry.patients.flatMap((reference) => this.localIdOf(reference, only) ?? []);
    if (named.length > 0) return named;
    // Whoever is meant, it need not be whom the rest of the input is about (wrong patient).
    if (entry.patients.some((reference) => this.namesStranger(entry, reference))) return [unknownPerson];
    for (const reference of entry.via) {
      const target = this.find(reference);
      const through = target === undefined ? [] : this.personsOf(target, seen, only);
      if (through.length > 0) return through;
    }
    const claimedBy = this.claims.get(`${entry.type}/${entry.ownId}`);
    return claimedBy === undefined ? [] : this.personsOf(claimedBy, seen, only);
  }

  /** A Patient of the input, or one the source may have told of before; the record's own by its whole address too. */
  private localIdOf(reference: string, only: string | undefined): string | undefined {
    const target = this.find(reference);
    if (target !== undefined) return target.type === 'Patient' ? target.ownId : undefined;
    const parsed = parseReference(reference);
    if (parsed?.form === 'literal' && parsed.type === 'Patient') return parsed.id;
    return only !== undefined && parsed?.form === 'url' && personId(reference) === only ? only : undefined;
  }

  /** Whether a reference is to a person and leads to none: by an identifier or address that nobody of the input has. */
  private namesStranger(entry: Entry, reference: string): boolean {
    if (this.find(reference) !== undefined) return false;
    if (/(^|\/)Patient[/?]/.test(reference)) return true;
    // Where several things may be named, an address without a type need not be a person's.
    return reference.startsWith('urn:') && !namesSeveral.has(entry.type);
  }

  /** What a reference names within the input; undefined when it is not there or names more than one. */
  find(reference: string): Entry | undefined {
    const parsed = parseReference(reference);
    if (parsed === undefined || parsed.form === 'contained') return undefined;
    if (parsed.form === 'literal') return this.entries.get(`${parsed.type}/${parsed.id}`);
    if (parsed.form === 'url') return this.byUrl.get(parsed.url);
    const entry = this.byIdentifier.get(`${parsed.type}?${parsed.system ?? '*'}|${parsed.value}`);
    return entry === 'several' ? undefined : entry;
  }

  /** The entry or refusal at one place of the input, in the order of `add`. */
  at(ordinal: number): Entry | Refusal {
    const placed = this.placed[ordinal];
    if (placed === undefined) throw new Error(`The input changed while it was read: nothing was at place ${ordinal}.`);
    return placed;
  }

  get size(): number {
    return this.placed.length;
  }

  /** The labels of everything labelled, by `Type/hub id`, once they have been passed along the links of the input. */
  get labels(): ReadonlyMap<string, number> {
    if (!this.labelled) return new Map();
    this.labelsById ??= new Map(
      [...this.entries.values()]
        .filter(({ mask }) => mask !== 0)
        .map(({ type, hubId, mask }) => [`${type}/${hubId}`, mask]),
    );
    return this.labelsById;
  }

  /** Whether anything in the input is labelled, so that links must be followed. */
  get hasLabels(): boolean {
    return this.labelled;
  }
}

/** Stands for a person who is named and not known; no source's id is empty. */
const unknownPerson = '';

const namesSeveral = new Set<ResourceType>(['Appointment', 'Provenance', 'AuditEvent', 'Binary']);

/** Two tellings of one id clash when each names persons by their id and none of them is the same. */
function clashes(before: readonly string[], after: readonly string[]): boolean {
  const [a, b] = [before, after].map((references) => references.map((reference) => personId(reference)));
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return false;
  return !a.includes(undefined) && !b.includes(undefined) && !a.some((id) => b.includes(id));
}

/** The source's id in `Patient/id`, `https://…/Patient/id` and `urn:uuid:id`. */
function personId(reference: string): string | undefined {
  return /^(?:urn:uuid:|(?:.*\/)?Patient\/)([^/?]+)$/.exec(reference)?.[1];
}

/** Within one input a Patient told twice must be one person: stricter than between one day's message and the next. */
function differs(before: Demographics, after: Demographics): boolean {
  const numbers = [before.nhsNumber, after.nhsNumber];
  return contradicts(before, after) || (!numbers.includes(undefined) && numbers[0] !== numbers[1]);
}
