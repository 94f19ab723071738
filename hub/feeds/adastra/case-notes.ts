import type { Flag } from 'fhir/r4';
import { parsePartialDate } from '../../../fhir/partial-date.ts';
import { accessLines, isAccessNote, restricted } from './access-codes.ts';
import { digestOf } from './case-key.ts';
import { organisationOf } from './encounter-parts.ts';
import { linesOf } from './page.ts';
import { specialNotes } from './report-sections.ts';
import { readCdaTime, readXsTime } from './stated-time.ts';
import type { ToldCase } from './told-case.ts';

/** `No special notes`: so it was at that call; that there is none today is not theirs to say. */
const none =
  /^(?:none|nil|n\/a|not known|no (?:special )?(?:patient )?notes?)(?: (?:are |were )?(?:recorded|known|held|present|found|available))?\.?$/i;

/**
 * Special patient notes as Flags, each text once in a case. The review date of the export ends a note: from then on it is the
 * service's to say whether it still holds, and a later case brings it again if it does. A report states no such date. A note with
 * the code of a door in it is restricted, and so are lines of the case that hold one: texts leave them out (uk-care E).
 */
export function caseNotes(told: ToldCase): Flag[] {
  const notes = new Map<string, Flag>();
  const add = (text: string, flag: Partial<Flag>) => {
    const id = `${told.key}-note-${digestOf(text)}`;
    if (notes.has(id)) return;
    notes.set(id, {
      resourceType: 'Flag',
      id,
      meta: isAccessNote(text) ? { security: [restricted] } : undefined,
      status: 'active',
      category: [{ text: 'Special note' }],
      code: { text },
      subject: told.patient,
      author: organisationOf(told, told.organisation, undefined),
      ...flag,
    });
  };
  const exported = told.export;
  const known = readXsTime(exported?.said.active ?? '').value?.slice(0, 10);
  for (const { text, review } of exported?.said.notes ?? []) {
    const until = readXsTime(review ?? '');
    if (until.doubt !== undefined) told.doubts.add(`Review date of a special note: ${until.doubt.toLowerCase()}`);
    const over =
      until.value !== undefined && (parsePartialDate(until.value)?.end ?? 0) <= Date.parse(exported?.at ?? '');
    // A note that was to be reviewed before the case began has its end before its start: then only the end is known.
    const start = until.value !== undefined && known !== undefined && known > until.value ? undefined : known;
    const period = (start ?? until.value) === undefined ? undefined : { start, end: until.value };
    add(text, { status: over ? 'inactive' : 'active', period });
  }
  const access = accessLines(linesOf(`${exported?.said.comments ?? ''}\n${exported?.said.questions ?? ''}`));
  if (access.length > 0)
    add(access.join(' '), {
      meta: { security: [restricted] },
      category: [{ text: 'Access' }],
      period: known === undefined ? undefined : { start: known },
    });
  for (const { said } of told.reports) {
    const start = readCdaTime(said.low ?? said.written ?? '').value?.slice(0, 10);
    for (const { lines } of specialNotes(said)) {
      const text = lines.filter((line) => line !== '').join(' ');
      if (none.test(text)) continue;
      add(text, {
        period: start === undefined ? undefined : { start },
        author: organisationOf(told, said.custodian.ods, said.custodian.name),
      });
    }
  }
  return [...notes.values()];
}
