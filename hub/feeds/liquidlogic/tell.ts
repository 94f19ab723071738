import type { KeptPiece, ReadShared, Scope, Told } from '../format.ts';
import { tellCircumstances } from './circumstances.ts';
import { readNames, tellDirectory } from './directory.ts';
import { tellEquipment } from './equipment.ts';
import { eventsOf, type CareEvent } from './events.ts';
import { extensionOf, type Extension } from './extension.ts';
import { tellFlags } from './flags.ts';
import { rowsOf, standing } from './fold.ts';
import { tellPatient } from './patient.ts';
import { tellRequest } from './request.ts';
import { readReturns } from './returns.ts';
import { tellService } from './service.ts';
import { tellSupportReasons } from './support-reasons.ts';
import type { EventType } from './statement.ts';
import { tellTask } from './task.ts';
import { tellTeams } from './teams.ts';
import type { Teller } from './teller.ts';
import { plainly } from './told.ts';
import { whoIs } from './who-is.ts';

/**
 * All that the council said of one person, in both of its feeds, by the Interweave social care profiles: a request is a
 * ServiceRequest, an assessment or review a Task, a service an EpisodeOfCare; never an Encounter. Pure but for `shared`.
 */
export async function tellCare(scope: Scope, pieces: readonly KeptPiece[], shared: ReadShared): Promise<Told> {
  if (scope.subject === '') return tellDirectory(scope.scope, pieces);
  const doubts = new Set<string>();
  const all = rowsOf(pieces);
  const stand = standing(
    all,
    await readReturns(
      all.map(({ row }) => row),
      shared,
    ),
  );
  const who = whoIs(all, stand, extensionOf(pieces), doubts);
  if (who === undefined) return { resources: [], doubts: [] };
  const { council, now, before: earlier, lines, extension: told } = who;
  const [name] = [...(now?.names ?? []), ...(earlier?.names ?? [])];
  const teller: Teller = {
    subject: scope.subject,
    council,
    patient: {
      reference: `Patient/${scope.subject}`,
      display:
        name === undefined
          ? 'Not recorded'
          : [name.family?.toUpperCase(), name.given?.join(' ')].filter(Boolean).join(', '),
    },
    names: await readNames(shared, staffIn(told), [council, ...organisationsIn(told)]),
    resources: [],
    doubts,
  };
  tellEvents(teller, eventsOf(teller, lines, told.items('events')));
  if (lines.some(({ event, name: { by } }) => event === undefined && by !== 'person')) {
    doubts.add('A line whose event is none of the return’s four: kept, and not told.');
  }
  tellSupportReasons(teller, lines, told);
  tellCircumstances(teller, lines);
  tellFlags(teller, told);
  tellEquipment(teller, told);
  tellTeams(teller, told);
  const contacts = told.items('contacts').map(({ value }) => value);
  // Without a word on who they are there is still a record by the council's number, and nothing told of them is refused.
  tellPatient(teller, now ?? { names: [] }, earlier, contacts);
  return { resources: plainly(teller.resources), doubts: [...doubts].sort() };
}

function staffIn(extension: Extension): string[] {
  const ofEvents = extension.items('events').flatMap(({ value }) => (value.staff === undefined ? [] : [value.staff]));
  return [...ofEvents, ...extension.items('teams').flatMap(({ value }) => value.members.map(({ staff }) => staff))];
}

function organisationsIn(extension: Extension): string[] {
  return extension
    .items('events')
    .flatMap(({ value }) => [value.team, value.provider].filter((id) => id !== undefined));
}

/** What an event may follow from. */
const before: Record<EventType, EventType | undefined> = {
  Request: undefined,
  Assessment: 'Request',
  Service: 'Assessment',
  Review: 'Service',
};

function tellEvents(teller: Teller, events: readonly CareEvent[]): void {
  for (const each of events) {
    const reference = each.detail?.value.follows;
    const follows =
      reference === undefined
        ? undefined
        : events.find((other) => other.event === before[each.event] && other.reference === reference);
    if (each.event === 'Request') tellRequest(teller, each);
    else if (each.event === 'Service') tellService(teller, each, follows);
    else tellTask(teller, each, follows);
  }
}
