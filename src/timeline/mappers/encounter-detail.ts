import type { Encounter } from 'fhir/r4';
import { ukCoreExtension } from '../../../fhir/systems.ts';
import { type LookContext, nameOf, participantWords } from '../context.ts';
import type { Kind, Lane, State, WardMove } from '../entry.ts';
import { concept, extension, firstConcept, hasCode, items } from '../read.ts';
import { afterColon, phrases } from '../words.ts';
import { diagnosisWords } from './diagnosis.ts';
import { atHome, placeOf } from './encounter-places.ts';
import { namesSite, placeUnder } from './place-words.ts';

/**
 * The second line: where, which team, with whom, why, how it ended; for mental health no more than where and who (look.md).
 * It repeats neither itself nor the title; what is left out for that stands in the details.
 */
export function detailOf(
  encounter: Encounter,
  kind: Kind,
  lane: Lane,
  { title, rest }: { title: string; rest: string | undefined },
  moves: readonly WardMove[],
  state: State,
  context: LookContext,
): string[] {
  const provider = nameOf(encounter.serviceProvider, encounter, context);
  const place = kind === 'stay' ? moves.at(-1)?.place : placeOf(encounter, context);
  const reason = rest?.startsWith('Reason: ') === true ? rest : undefined;
  const team = reason === undefined ? teamWords(rest, kind) : undefined;
  const seenBy = items(encounter.participant).map((who) =>
    participantWords(who.individual, roleWords(firstConcept(who.type)), encounter, context),
  );
  const permitted = lane === 'mental-health';
  const diagnoses = permitted ? [] : diagnosesOf(encounter, context);
  return phrases(
    saysWhere(place, team) ? undefined : provider,
    placeWords(place, kind, title),
    team,
    kind === 'stay' ? undefined : seenBy.find(Boolean),
    reason,
    ...diagnoses,
    kind === 'stay' && state === 'closed' ? dischargeWords(encounter) : undefined,
    permitted ? undefined : outcomeWords(encounter),
  );
}

/** Whether a place (with its team, when it is the person's home) says so much that the organisation behind it adds nothing. */
function saysWhere(place: string | undefined, team: string | undefined): boolean {
  if (place === undefined) return false;
  return place === atHome ? team !== undefined : namesSite(place);
}

function placeWords(place: string | undefined, kind: Kind, title: string): string | undefined {
  if (place === atHome && /home visit/i.test(title)) return undefined;
  if (place === undefined || (kind !== 'emergency' && kind !== 'outpatient')) return place;
  return placeUnder(title, place);
}

/** `Community nursing: District nursing, Central Islington` is the team's name behind the kind the title gives. */
function teamWords(rest: string | undefined, kind: Kind): string | undefined {
  return kind === 'community-visit' ? rest?.replace(/^community (?:nursing|health|services?): +/i, '') : rest;
}

/** FHIR's technical participation types (`primary performer`) are no roles anybody would read. */
export function roleWords(role: string | undefined): string | undefined {
  return role !== undefined && /performer|participation|attender|consultant$|referrer|admitter|discharger/i.test(role)
    ? undefined
    : role;
}

function diagnosesOf(encounter: Encounter, context: LookContext): string[] {
  const words: string[] = [];
  for (const diagnosis of items(encounter.diagnosis)) {
    // Billing and comorbidity lines say nothing of why somebody was there.
    if (hasCode(diagnosis.use, 'billing', 'CM')) continue;
    const found = diagnosisWords(diagnosis.condition, encounter, context);
    if (found !== undefined) words.push(`${found.label}: ${afterColon(found.name)}`);
  }
  return words.slice(0, 2);
}

function dischargeWords(encounter: Encounter): string | undefined {
  const method = extension(encounter, `${ukCoreExtension}DischargeMethod`)?.valueCodeableConcept;
  if (hasCode(method, '4')) return 'Died in hospital';
  const disposition = encounter.hospitalization?.dischargeDisposition;
  if (hasCode(disposition, '19', 'home', '306689006')) return 'Discharged home';
  const where = concept(disposition);
  if (where === undefined || hasCode(disposition, '98')) return undefined;
  return `Discharged to: ${where.replace(/^(?:discharged?|discharge) to /i, '')}`;
}

function outcomeWords(encounter: Encounter): string | undefined {
  const outcome = extension(encounter, `${ukCoreExtension}OutcomeOfAttendance`)?.valueCodeableConcept;
  const emergency = extension(encounter, `${ukCoreExtension}EmergencyCareDischargeStatus`)?.valueCodeableConcept;
  if (hasCode(outcome, '1')) return 'Discharged from the clinic';
  return concept(outcome) ?? concept(emergency);
}
