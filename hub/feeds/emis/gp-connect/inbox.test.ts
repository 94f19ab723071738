import type { DocumentReference, Encounter, List } from 'fhir/r4';
import { expect, it } from 'vitest';
import { deletedBit } from '../../../access/labels.ts';
import type { Database } from '../../../store/database.ts';
import { resourceId } from '../../../store/ids.ts';
import { eachEngine } from '../../../store/testing.ts';
import { keepMessage } from '../../inbox/keep.ts';
import { workThrough } from '../../inbox/testing-worker.ts';
import { gpConnect } from './gp-connect.ts';
import {
  allLists,
  allergyOf,
  bundle,
  listOf,
  message,
  patientId,
  person,
  type Sent,
  staff,
  wholeRecord,
} from './testing-record.ts';

const penicillin = 'BBBB0000-3333-4000-8000-000000000001';

async function send(
  db: Database,
  seq: number,
  body: Sent,
): Promise<{ state: string; reason: string | null; doubts: string[] }> {
  const { bytes, label, organisation } = message(body, seq);
  const kept = await keepMessage(db, {
    source: 'emis',
    organisation,
    format: 'gp-connect',
    label,
    receivedAt: `2026-11-2${seq}T12:00:00.000Z`,
    bytes,
    subject: gpConnect.subjectOf(bytes),
  });
  expect(await workThrough(db, { 'gp-connect': gpConnect })).toEqual([]);
  const [row] = await db.query<{ state: string; reason: string | null; doubts: string[] }>(
    'select state, reason, doubts from inbox where source = $1 and seq = $2',
    ['emis', kept.seq],
  );
  if (row === undefined) throw new Error('no such message');
  return row;
}

/** What stands in the record, by type. */
async function standing(db: Database): Promise<Map<string, unknown[]>> {
  const rows = await db.query<{ type: string; content: string }>(
    'select type, content from resource where source = $1 and (mask & $2::integer) = 0 order by type, id',
    ['emis', deletedBit],
  );
  const byType = new Map<string, unknown[]>();
  for (const { type, content } of rows) byType.set(type, [...(byType.get(type) ?? []), JSON.parse(content)]);
  return byType;
}

eachEngine('a practice’s answer through the inbox', ({ db }) => {
  it('stands in the person’s record whole, linked, and without a doubt; the next one takes its place', async () => {
    const transit =
      'Patient record transfer from previous GP practice not yet complete; information recorded before 26-Feb-2010 may be missing.';
    const warned = listOf('1149501000000101', [], { warning: 'data-in-transit', note: transit });
    const record = wholeRecord(allergyOf(penicillin)).map((one) =>
      JSON.stringify(one['code'] ?? '').includes('1149501000000101') ? warned : one,
    );
    expect(await send(db(), 1, bundle(record))).toEqual({ state: 'done', reason: null, doubts: [] });
    const told = await standing(db());
    const [visit] = (told.get('Encounter') ?? []) as Encounter[];
    const id = resourceId('emis', 'Encounter', '31b0c7a2-1111-4000-8000-000000000001');
    expect(visit?.id).toBe(id);
    expect(visit?.participant?.[0]?.individual?.reference).toMatch(/^Practitioner\/[0-9a-f-]{36}$/);
    const [notes] = (told.get('DocumentReference') ?? []) as DocumentReference[];
    expect(notes?.context?.encounter?.[0]?.reference).toBe(`Encounter/${id}`);
    const warnings = ((told.get('List') ?? []) as List[]).flatMap(({ note }) => note ?? []);
    expect(warnings).toEqual([{ text: transit }]);
    expect(told.get('AllergyIntolerance')).toHaveLength(1);

    // Asked again a day later: the same consultation, no allergy any more, nothing in transit.
    const later = [
      ...wholeRecord().filter(({ resourceType, id }) => resourceType !== 'List' || id !== undefined),
      ...allLists('2026-11-21T09:00:00+00:00'),
    ];
    expect((await send(db(), 2, bundle(later))).state).toBe('done');
    const now = await standing(db());
    expect(now.get('AllergyIntolerance')).toBeUndefined();
    expect(((now.get('List') ?? []) as List[]).flatMap(({ note }) => note ?? [])).toEqual([]);
    expect(now.get('Encounter')).toEqual(told.get('Encounter'));
  });

  it('a refusal that names nobody is a dead letter; one that names the person is told on their record', async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ code: 'forbidden', details: { coding: [{ code: 'NO_PATIENT_CONSENT' }] } }],
    };
    const dead = await send(db(), 3, outcome);
    expect(dead).toMatchObject({ state: 'dead', reason: expect.stringContaining('NO_PATIENT_CONSENT') });
    expect((await standing(db())).get('Encounter')).toHaveLength(1);

    expect((await send(db(), 4, bundle([{ ...person, id: patientId }, outcome]))).state).toBe('done');
    const left = await standing(db());
    expect([...left.keys()].filter((type) => !['Patient', 'Organization', 'Practitioner'].includes(type))).toEqual([
      'List',
    ]);
    expect(((left.get('List') ?? []) as List[]).map(({ note }) => note?.[0]?.text)).toEqual([
      expect.stringContaining('does not want it shared'),
    ]);
    // Withdrawn and asked again with consent: the record is back.
    expect(
      (
        await send(
          db(),
          5,
          bundle([person, ...staff, ...wholeRecord().slice(3), ...allLists('2026-11-25T11:00:00+00:00')]),
        )
      ).state,
    ).toBe('done');
    expect((await standing(db())).get('Encounter')).toHaveLength(1);
  });
});
