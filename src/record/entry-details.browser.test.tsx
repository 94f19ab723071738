import type { Bundle, Encounter, Resource } from 'fhir/r4';
import { expect, it } from 'vitest';
import { renderHook } from 'vitest-browser-react';
import { ReadFailure, type FailureKind, type Session } from '../launch/session.ts';
import { DetailsCache } from './details-cache.tsx';
import { useEntryDetails } from './entry-details.ts';

const visit = (id: string): Encounter => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
});

/** A session whose answers a test gives one by one, in the order it likes. */
function session(openedAt: number) {
  const waiting: { path: string; answer(resources: object[]): void; fail(kind?: FailureKind): void }[] = [];
  const ends = new Set<() => void>();
  const made: Session = {
    base: 'https://hub.example/fhir',
    hubName: 'Hub',
    patientId: 'p1',
    encounterId: undefined,
    scopes: [],
    needPatientBanner: true,
    user: { name: undefined, fhirUser: undefined },
    openedFrom: undefined,
    openedAt,
    read: (path) =>
      new Promise((resolve, reject) => {
        waiting.push({
          path,
          answer: (resources) => {
            const encounter = new URL(path, 'https://hub').searchParams.get('encounter')?.split(',')[0];
            // As a hub has it: what is found by an encounter names it, unless the test says otherwise.
            const named = encounter === undefined ? {} : { encounter: { reference: encounter } };
            const entry = resources.map((one) => ({ resource: { ...named, ...one } })) as NonNullable<Bundle['entry']>;
            resolve({ body: { resourceType: 'Bundle', type: 'searchset', entry }, serverTime: undefined });
          },
          fail: (kind = 'server') => reject(new ReadFailure(kind, 'broken', 500)),
        });
      }),
    send: () => Promise.reject(new Error('nothing is sent')),
    onEnd: (listener) => {
      ends.add(listener);
      return () => ends.delete(listener);
    },
  };
  const asked = async (type: string, encounter: string) => {
    const fits = (path: string) => path.startsWith(`${type}?`) && decodeURIComponent(path).includes(encounter);
    await expect.poll(() => waiting.some(({ path }) => fits(path))).toBe(true);
    const found = waiting.findLast(({ path }) => fits(path));
    if (found === undefined) throw new Error('not asked');
    return found;
  };
  return { made, waiting, asked, end: () => ends.forEach((listener) => listener()) };
}

function details(made: Session, first: { key: string; resources: Resource[] }) {
  return renderHook((props) => useEntryDetails(made, (props ?? first).key, (props ?? first).resources), {
    initialProps: first,
    wrapper: ({ children }) => <DetailsCache session={made}>{children}</DetailsCache>,
  });
}

const condition = (id: string): Resource => ({ resourceType: 'Condition', id });

it('never shows a late answer beside another row (misreading 14)', async () => {
  const { made, asked } = session(1);
  const { result, rerender } = await details(made, { key: 'Encounter/a', resources: [visit('a')] });
  const late = await asked('Condition', 'Encounter/a');
  await rerender({ key: 'Encounter/b', resources: [visit('b')] });
  const own = await asked('Condition', 'Encounter/b');
  own.answer([condition('of b')]);
  await expect.poll(() => result.current.linked.Condition.status).toBe('read');
  late.answer([condition('of a')]);
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
  expect(result.current.entryKey).toBe('Encounter/b');
  expect(result.current.linked.Condition.resources.map(({ id }) => id)).toEqual(['of b']);
});

it('says what failed and reads only that again', async () => {
  const { made, asked, waiting } = session(2);
  const { result } = await details(made, { key: 'Encounter/c', resources: [visit('c')] });
  (await asked('Condition', 'Encounter/c')).answer([]);
  (await asked('Procedure', 'Encounter/c')).fail();
  await expect
    .poll(() => result.current.linked.Procedure)
    .toEqual({ status: 'failed', resources: [], failure: 'server' });
  expect(result.current.linked.Condition).toEqual({ status: 'read', resources: [], failure: undefined });
  const before = waiting.length;
  result.current.retry();
  await expect.poll(() => waiting.length).toBe(before + 1);
  waiting[before]?.answer([{ resourceType: 'Procedure', id: 'x' }]);
  await expect.poll(() => result.current.linked.Procedure.resources).toHaveLength(1);
});

it('leaves out what belongs to another visit, though the hub sends the whole record for one', async () => {
  const { made, asked } = session(7);
  const { result } = await details(made, { key: 'Encounter/g', resources: [visit('g')] });
  const other = { encounter: { reference: 'Encounter/h' } };
  (await asked('Condition', 'Encounter/g')).answer([
    condition('own'),
    { ...condition('other'), ...other },
    { ...condition('of none'), encounter: undefined },
  ]);
  const letter = { resourceType: 'DocumentReference', encounter: undefined };
  (await asked('DocumentReference', 'Encounter/g')).answer([
    {
      ...letter,
      id: 'own',
      context: { encounter: [{ reference: 'https://hub.example/fhir/Encounter/g/_history/2' }] },
    },
    { ...letter, id: 'other', context: { encounter: [{ reference: 'Encounter/h' }] } },
  ]);
  await expect.poll(() => result.current.linked.Condition.resources.map(({ id }) => id)).toEqual(['own']);
  await expect.poll(() => result.current.linked.DocumentReference.resources.map(({ id }) => id)).toEqual(['own']);
});

it('reads all of a type that the hub cannot be asked for by visit, and shows what is of this one', async () => {
  const { made, asked, waiting } = session(8);
  const { result } = await details(made, { key: 'Encounter/i', resources: [visit('i')] });
  (await asked('Immunization', 'Encounter/i')).fail('unsupported');
  await expect.poll(() => waiting.at(-1)?.path).toBe('Immunization?patient=p1&_count=100');
  const given = { resourceType: 'Immunization' };
  waiting.at(-1)?.answer([
    { ...given, id: 'then', encounter: { reference: 'Encounter/i' } },
    { ...given, id: 'before', encounter: { reference: 'Encounter/h' } },
  ]);
  await expect.poll(() => result.current.linked.Immunization.resources.map(({ id }) => id)).toEqual(['then']);
});

it('throws away an answer that holds another person’s, and says so', async () => {
  const { made, asked } = session(6);
  const { result } = await details(made, { key: 'Encounter/f', resources: [visit('f')] });
  const strange = { ...condition('strange'), subject: { reference: 'Patient/another' } };
  (await asked('Condition', 'Encounter/f')).answer([condition('own'), strange]);
  await expect
    .poll(() => result.current.linked.Condition)
    .toEqual({ status: 'failed', resources: [], failure: 'wrong-patient' });
});

it('reads the results that a report names, once the encounter\u2019s own are known', async () => {
  const { made, asked, waiting } = session(3);
  const { result } = await details(made, { key: 'Encounter/d', resources: [visit('d')] });
  const report = {
    resourceType: 'DiagnosticReport',
    id: 'r',
    result: [{ reference: 'Observation/o1' }, { reference: 'Observation/o2' }],
  };
  (await asked('DiagnosticReport', 'Encounter/d')).answer([report]);
  (await asked('Observation', 'Encounter/d')).answer([{ resourceType: 'Observation', id: 'o1' }]);
  await expect.poll(() => waiting.some(({ path }) => path.includes('_id=o2&'))).toBe(true);
  waiting.at(-1)?.answer([{ resourceType: 'Observation', id: 'o2' }]);
  await expect.poll(() => result.current.results.resources.map(({ id }) => id)).toEqual(['o2']);
});

it('asks nothing for an entry without an encounter', async () => {
  const { made, waiting } = session(4);
  const { result } = await details(made, {
    key: 'Appointment/x',
    resources: [{ resourceType: 'Appointment', id: 'x' }],
  });
  expect(result.current.linked.Condition.status).toBe('none');
  expect(result.current.results.status).toBe('none');
  expect(waiting).toEqual([]);
});

it('forgets everything the moment the session ends', async () => {
  const { made, asked, end } = session(5);
  const first = { key: 'Encounter/e', resources: [visit('e')] };
  const { result, unmount } = await details(made, first);
  (await asked('Condition', 'Encounter/e')).answer([condition('kept')]);
  await expect.poll(() => result.current.linked.Condition.status).toBe('read');
  await unmount();
  end();
  const again = await details(made, first);
  expect(again.result.current.linked.Condition).toEqual({ status: 'loading', resources: [], failure: undefined });
});
