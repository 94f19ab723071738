import type { Bundle, Consent, Endpoint, Organization } from 'fhir/r4';
import { consentOf, type ChoiceNames, type OwnChoice } from '../../fhir/own-choice.ts';
import { readChoices, type Deny } from '../../fhir/read-choices.ts';
import { keptForSystem, odsSystem } from '../../fhir/systems.ts';
import type { Organisation, Session } from '../launch/session.ts';
import { readAllPages } from './read-all-pages.ts';
import { search } from './searches.ts';

/** A choice of the person that holds now, as the hub keeps it. */
export interface KeptChoice {
  /** Id of its Consent, by which it is undone. */
  id: string;
  denies: readonly Deny[];
  /** What each organisation and item of it is called, where its Consent says so: by ODS code, by `Type/id`. */
  names: ReadonlyMap<string, string>;
  /** When it was decided, as the Consent states it. */
  at: string | undefined;
}

/** What the person keeps back: every Consent of theirs that the hub keeps to. Rejects with ReadFailure; never part of them. */
export async function readOwnChoices(session: Session, signal: AbortSignal): Promise<KeptChoice[]> {
  const address = search('Consent', [
    ['patient', session.patientId],
    ['status', 'active'],
    ['_count', '100'],
  ]);
  const { resources } = await readAllPages(session, address, 'Consent', signal);
  return (resources as Consent[]).filter(isKept).flatMap((consent) => choiceOf(consent) ?? []);
}

/** What a source tells of a consent is no choice that anything here goes by. */
function isKept({ meta }: Consent): boolean {
  return meta?.security?.some(({ system }) => system === keptForSystem) === true;
}

function choiceOf(consent: Consent): KeptChoice | undefined {
  const choices = readChoices(consent);
  if (choices.problems !== undefined || consent.id === undefined) return undefined;
  const { provision } = consent;
  const names = new Map<string, string>();
  for (const { actor = [], data = [] } of [provision, ...(provision?.provision ?? [])].filter(
    (one) => one !== undefined,
  )) {
    for (const { reference } of actor) note(names, reference.identifier?.value, reference.display);
    for (const { reference } of data) note(names, reference.reference, reference.display);
  }
  return { id: consent.id, denies: choices.denies, names, at: consent.dateTime };
}

function note(names: Map<string, string>, key: string | undefined, display: string | undefined): void {
  if (key !== undefined && display !== undefined) names.set(key, display);
}

/** Has the hub keep to a choice from now on. Rejects with ReadFailure, in the hub's words where it refused; nothing holds then. */
export async function keepChoice(session: Session, choice: OwnChoice, names: ChoiceNames): Promise<void> {
  const now = new Date().toISOString();
  await session.send('POST', 'Consent', consentOf(`Patient/${session.patientId}`, choice, now, names));
}

/** Takes a choice back: what it kept back is given again from now on. */
export async function undoChoice(session: Session, { id }: Pick<KeptChoice, 'id'>): Promise<void> {
  await session.send('DELETE', `Consent/${id}`);
}

/** The organisations that are connected and that a choice can name, in order of their names. Rejects with ReadFailure. */
export async function readOrganisations(session: Session, signal: AbortSignal): Promise<Organisation[]> {
  const endpoints = matches<Endpoint>((await session.read('Endpoint?_count=500', { signal })).body);
  const codes = new Set(endpoints.flatMap(({ managingOrganization }) => managingOrganization?.display ?? []));
  if (codes.size === 0) return [];
  const identifier = [...codes].map((code) => `${odsSystem}|${code}`).join(',');
  const address = search('Organization', [
    ['identifier', identifier],
    ['_count', '500'],
  ]);
  const known = new Map<string, Organisation>();
  for (const { identifier: numbers, name } of matches<Organization>((await session.read(address, { signal })).body)) {
    const code = numbers?.find(({ system }) => system === odsSystem)?.value;
    if (code !== undefined && codes.has(code)) known.set(code, { code, name: name ?? code });
  }
  return [...known.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function matches<R>(body: unknown): R[] {
  const { entry = [] } = body as Bundle;
  return entry.flatMap(({ resource, search: found }) => (found?.mode === 'match' ? [resource as R] : []));
}
