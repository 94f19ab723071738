import type { KeptPiece, ReadShared, Scope, Told } from '../format.ts';
import { tellCircumstances } from './circumstances.ts';
import { readNames, tellDirectory } from './directory.ts';
import { tellEquipment } from './equipment.ts';
import { eventsOf, type CareEvent } from './events.ts';
import { extensionOf, type Extension } from './extension.ts';
import { tellFlags } from './flags.ts';
import { isAboutAnother, isLater, latest, rowsOf, standing } from './fold.ts';
import { personOf, tellPatient } from './patient.ts';
import { tellRequest } from './request.ts';
import { readReturns } from './returns.ts';
import { tellService } from './service.ts';
import { tellSupportReasons } from './support-reasons.ts';
import type { EventType } from './statement.ts';
import { tellTask } from './task.ts';
import { tellTeams } from './teams.ts';
import type { Teller } from './teller.ts';
import { plainly } from './told.ts';
import type { Row } from './cld-columns.ts';

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
  const extension = extensionOf(pieces);
  const who = latest(stand) ?? latest(all);
  const stated = extension.person;
  const council = stated?.council ?? who?.row.council ?? councilOf(pieces);
  if (council === undefined) return { resources: [], doubts: [] };
  const extensionIsLater = stated !== undefined && (who === undefined || !isLater(who.piece, stated.piece));

  const returned = who === undefined ? undefined : personOf(who.row, doubts);
  const now = extensionIsLater ? stated.value : (returned ?? { names: [] });
  const lines = stand.filter(({ row }) => !isAboutAnother(row, identityOf(now)));
  if (lines.length < stand.length) {
    doubts.add(
      'Lines under this person’s number name somebody else (two of NHS number, birth date and first name): not told.',
    );
  }
  const strangers =
    stated !== undefined && !extensionIsLater && isAboutAnother(identityOf(stated.value), identityOf(now));
  if (strangers)
    doubts.add('The extension and the return name different people under one number: the later one is told.');
  const told: Extension = strangers ? extensionOf([]) : extension;
  const before = extensionIsLater ? returned : strangers ? undefined : stated?.value;
  const sameBefore = before !== undefined && !isAboutAnother(identityOf(before), identityOf(now)) ? before : undefined;

  const details = told.items('events');
  const name = [...now.names, ...(sameBefore?.names ?? [])][0];
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
  tellEvents(teller, eventsOf(teller, lines, details));
  if (lines.some(({ event, name: { by } }) => event === undefined && by !== 'person')) {
    doubts.add('A line whose event is none of the return’s four: kept, and not told.');
  }
  tellSupportReasons(teller, lines, told);
  tellCircumstances(teller, lines);
  tellFlags(teller, told);
  tellEquipment(teller, told);
  tellTeams(teller, told);
  if (who !== undefined || stated !== undefined) {
    tellPatient(
      teller,
      now,
      sameBefore,
      told.items('contacts').map(({ value }) => value),
    );
  }
  return { resources: plainly(teller.resources), doubts: [...doubts].sort() };
}

/** A person of whom only items were told: whose council says so with each. */
function councilOf(pieces: readonly KeptPiece[]): string | undefined {
  const content = pieces.find((piece) => piece.content !== '')?.content;
  return content === undefined ? undefined : (JSON.parse(content) as { council?: string }).council;
}

function identityOf({
  nhsNumber,
  birthDate,
  names,
}: {
  nhsNumber?: string;
  birthDate?: string;
  names: { given?: string[] }[];
}): Row {
  const firstName = names[0]?.given?.join(' ');
  return {
    nhsNumber,
    birth: birthDate,
    firstName,
  };
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
