import type { DocumentReference, FhirResource, Reference } from 'fhir/r4';
import { asJson } from '../../../resource/json.ts';
import { opensDoor } from '../gp-connect/door-code.ts';
import { pressureParts } from './observation.ts';
import { kindOf } from './observation-kind.ts';
import { guid, isTrue, type Row } from './row.ts';
import { effectiveOf, head, list, type Telling } from './told.ts';

/**
 * What was written in a consultation, as one page beside it: the reader of a visit wants its story, and the words that EMIS
 * keeps beside each code are the most of it. The extract has no headings and no order within a consultation: problems come
 * first, then what was entered first. Confidential entries are not quoted. Undefined where nobody wrote a word.
 * @param named what each row is told as
 */
export function consultationNotes(
  telling: Telling,
  id: string,
  row: Row,
  named: ReadonlyMap<string, readonly FhirResource[]>,
): DocumentReference | undefined {
  const entries = telling.rows
    .by('CareRecord_Observation', 'ConsultationGuid', id)
    .filter((entry) => isQuoted(telling, entry))
    .sort(([, a], [, b]) => compare(placeOf(a), placeOf(b)));
  if (entries.every(([name, entry]) => wordsBeside(telling, name, entry) === undefined)) return undefined;
  const problemsFirst = [...entries].sort(([a], [b]) => Number(isListed(telling, b)) - Number(isListed(telling, a)));
  const page = Buffer.from(problemsFirst.map(([name, entry]) => lineOf(telling, name, entry)).join('\n'), 'utf8');
  const quoted = entries.flatMap(([name]) =>
    (named.get(name) ?? []).map(({ resourceType }): Reference => ({ reference: `${resourceType}/${name}` })),
  );
  return {
    resourceType: 'DocumentReference',
    ...head(`${id}-notes`, row),
    status: 'current',
    docStatus: 'final',
    type: { text: 'Consultation notes' },
    category: [{ text: 'Consultation notes' }],
    subject: telling.patient,
    author: list(telling.words.staff(guid(row['ClinicianUserInRoleGuid']))),
    custodian: telling.words.organisation(guid(row['OrganisationGuid'])),
    description: 'Consultation notes',
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          data: page.toString('base64'),
          size: page.length,
          title: 'Consultation notes',
          creation: effectiveOf(row),
        },
      },
    ],
    // It names what it quotes, so that it is as private as the most private of them (leaked record).
    context: { encounter: [{ reference: `Encounter/${id}` }], related: quoted },
  };
}

function isQuoted(telling: Telling, [name, row]: readonly [string, Row]): boolean {
  if (isTrue(row['IsConfidential']) || kindOf(telling, name, row) === 'document') return false;
  if (opensDoor(asJson({ code: telling.words.concept(guid(row['CodeId'])) }))) return false;
  const parent = guid(row['ParentObservationGuid']);
  return parent === undefined || pressureParts(telling, parent)?.includes(row) !== true;
}

function isListed({ rows }: Telling, name: string): boolean {
  return rows.one('CareRecord_Problem', name) !== undefined;
}

function placeOf(row: Row): string {
  return `${row['EnteredDate'] ?? ''} ${row['EnteredTime'] ?? ''}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lineOf(telling: Telling, name: string, row: Row): string {
  const { words } = telling;
  const halves = pressureParts(telling, name);
  const value = halves === undefined ? row['Value'] : halves.map((half) => half['Value'] ?? '?').join('/');
  const unit = halves === undefined ? row['NumericUnit'] : halves[0]['NumericUnit'];
  const amount = value === undefined ? undefined : [value, unit].filter((part) => part !== undefined).join(' ');
  const term = words.concept(guid(row['CodeId'])).text ?? 'Entry';
  const before = isListed(telling, name) ? 'Problem' : prefixes[kindOf(telling, name, row)];
  const what = [before, term, amount].filter((part) => part !== undefined).join(': ');
  return [what, wordsBeside(telling, name, row)].filter((part) => part !== undefined).join('. ');
}

const prefixes: Partial<Record<ReturnType<typeof kindOf>, string>> = {
  allergy: 'Allergy',
  'family-history': 'Family history',
  immunisation: 'Immunisation',
  referral: 'Referral',
  request: 'Asked for',
};

function wordsBeside({ rows }: Telling, name: string, row: Row): string | undefined {
  const beside = [row['AssociatedText'], rows.one('CareRecord_Problem', name)?.['Comment']];
  const words = beside.filter((text) => text !== undefined).join('. ');
  return words === '' ? undefined : words;
}
