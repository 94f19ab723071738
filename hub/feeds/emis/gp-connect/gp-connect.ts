import { isObject, type JsonObject, typeOf } from '../../../resource/json.ts';
import type { Format, InboxMessage, KeptPiece, Scope, Sorted, Told } from '../../format.ts';
import { areasOf, standing } from './areas.ts';
import { liftContained } from './contained.ts';
import { consultationPart } from './list-codes.ts';
import { mapRecord } from './map-record.ts';
import { oneName, ownId } from './own-ids.ts';
import { words } from './read.ts';
import { type PracticeRecord, readRecord } from './record.ts';
import { isUnanswered, noticeOfNoAnswer, refusalOf, tellRefusal } from './refused.ts';

/** The one scope of a person; named so that no other format of the practice's system ever shares it. */
export const structuredRecord = 'structured record';
/** The piece that a practice's refusal is kept under. */
const refusal = 'refusal';
/** Where the hub notes that it asked and got nothing: never in the place of a refusal, which goes on standing (leaked record). */
const noAnswer = 'no answer';

/**
 * GP Connect Access Record: Structured (FHIR STU3): what a practice's system answers when it is asked for one person. An answer
 * is one piece, named for the parts of the record it covers; a newer one of the same parts takes its place, and what is in it no
 * more is withdrawn.
 */
export const gpConnect: Format = {
  name: 'gp-connect',
  subjectOf,
  sort,
  tell: (scope, pieces) => Promise.resolve(tell(scope, pieces)),
};

function subjectOf(bytes: Uint8Array): string | undefined {
  // Looked for and not parsed: a record of megabytes is parsed once, when it is taken apart.
  const text = new TextDecoder().decode(bytes);
  const [, id] =
    /"Patient\/([A-Za-z0-9\-.]{1,64})"/.exec(text) ??
    /"resourceType"\s*:\s*"Patient"\s*,\s*"id"\s*:\s*"([A-Za-z0-9\-.]{1,64})"/.exec(text) ??
    [];
  return id === undefined ? undefined : oneName(id);
}

function sort(message: InboxMessage): Sorted {
  const record = readRecord(message.bytes);
  const subject = ownId(record.patientId, message.organisation);
  const content = JSON.stringify({
    resources: record.resources.flatMap((one) => (typeOf(one) === 'List' ? liftContained(one) : [one])),
  });
  return {
    pieces: [{ subject, scope: structuredRecord, name: nameOf(record.resources), at: saidAt(record), content }],
    links: [],
    doubts:
      record.patient === undefined
        ? ['It tells of appointments and not whose: they are kept until the record comes.']
        : [],
  };
}

function nameOf(resources: readonly JsonObject[]): string {
  if (refusalOf(resources) !== undefined) return refusal;
  return isUnanswered(resources) ? noAnswer : `record: ${areasOf(resources).join(' ') || 'person'}`;
}

/** When the practice's system put the answer together: it dates its lists so. */
function saidAt({ resources }: PracticeRecord): string | undefined {
  const moments = resources
    .filter((one) => typeOf(one) === 'List' && consultationPart(one) === undefined)
    .map((one) => Date.parse(words(one['date']) ?? ''))
    .filter((moment) => !Number.isNaN(moment));
  return moments.length === 0 ? undefined : new Date(Math.max(...moments)).toISOString();
}

function tell({ subject, organisation }: Scope, pieces: readonly KeptPiece[]): Told {
  const said = pieces.filter(({ name }) => name !== noAnswer);
  const answers = said.filter(({ name, content }) => name !== refusal && content !== '').toReversed();
  const last = said.at(-1);
  const record = mapRecord(standing(answers.map(resourcesOf)), subject, organisation);
  const hasPerson = record.resources.some(({ resourceType }) => resourceType === 'Patient');
  if (last?.name === refusal) return tellRefusal(resourcesOf(last), record, subject, organisation);
  // Appointments of somebody who is not known yet wait for the record that says who it is.
  if (!hasPerson) return { resources: [], doubts: record.doubts };
  const asked = pieces.find(({ name }) => name === noAnswer);
  // By when each came: the practice's clock dates its answers, ours the want of one.
  const isLast = asked !== undefined && said.every(({ seq }) => seq < asked.seq);
  const notices = isLast ? [noticeOfNoAnswer(resourcesOf(asked), subject, organisation)] : [];
  return { resources: [...record.resources, ...notices], doubts: record.doubts };
}

function resourcesOf({ content }: KeptPiece): JsonObject[] {
  const kept: unknown = JSON.parse(content);
  const resources: unknown = isObject(kept) ? kept['resources'] : undefined;
  return Array.isArray(resources) ? resources.filter(isObject) : [];
}
