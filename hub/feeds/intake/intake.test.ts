import { randomUUID } from 'node:crypto';
import type { Encounter, FhirResource, Observation, Patient, Reference } from 'fhir/r4';
import { expect, it } from 'vitest';
import {
  nhsNumberSystem,
  nhsNumberVerificationExtension,
  provenanceTagSystem,
  sourceTagSystem,
} from '../../../fhir/systems.ts';
import { labelBits } from '../../access/labels.ts';
import { findById, findByLocalId, findByNameAndBirthDate, findByNhsNumber } from '../../people/find.ts';
import { mergePeople, unmergeRecord } from '../../people/merge.ts';
import type { Database } from '../../store/database.ts';
import { resourceId } from '../../store/ids.ts';
import { directory } from '../../store/rows.ts';
import { eachEngine } from '../../store/testing.ts';
import { takeIn, takeInMany } from './intake.ts';
import type { SourceRecord } from './source-record.ts';

const fresh = (): string => randomUUID().slice(0, 8);
const patient = (id: string, about: Partial<Patient> & { nhs?: string; status?: string } = {}): Patient => {
  const { nhs, status, ...rest } = about;
  return {
    resourceType: 'Patient',
    id,
    name: [{ use: 'official', family: 'Okafor', given: ['Grace'] }],
    birthDate: '1948-03-12',
    identifier:
      nhs === undefined
        ? []
        : [
            {
              system: nhsNumberSystem,
              value: nhs,
              extension:
                status === undefined
                  ? undefined
                  : [{ url: nhsNumberVerificationExtension, valueCodeableConcept: { coding: [{ code: status }] } }],
            },
          ],
    ...rest,
  };
};
const visit = (id: string, of: string, about: Partial<Encounter> = {}): Encounter => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  type: [{ text: 'GP Surgery' }],
  subject: { reference: `Patient/${of}` },
  period: { start: '2026-03-01T10:00:00Z', end: '2026-03-01T10:15:00Z' },
  ...about,
});
let messages = 0;
const record = (source: string, ...resources: FhirResource[]): SourceRecord => ({
  source,
  organisation: 'F83004',
  message: {
    id: `message ${(messages += 1)}`,
    receivedAt: new Date(1_780_000_000_000 + messages * 1000).toISOString(),
  },
  resources,
});

async function stored(db: Database, person: string, type: string, source: string, ownId: string) {
  const [row] = await db.query<{ content: string; mask: number; version: number }>(
    'select content, mask, version from resource where patient = $1 and type = $2 and id = $3',
    [person, type, resourceId(source, type, ownId)],
  );
  return row && { ...row, resource: JSON.parse(row.content) as Record<string, unknown> };
}
const conflictsOf = (db: Database, source: string, localId: string) =>
  db.query<{ kind: string; other: string }>(
    'select kind, other from match_conflict where source = $1 and local_id = $2 order by kind, other',
    [source, localId],
  );

eachEngine('taking in one source record', ({ db }) => {
  it('gives the person a random id, every resource one made from its own, and says where it came from', async () => {
    const id = fresh();
    const report = await takeIn(db(), record('emis', patient(id), visit('e1', id)));
    expect(report).toMatchObject({ created: 2, updated: 0, unchanged: 0, refused: [], remarks: [] });
    const row = await stored(db(), report.patient!, 'Encounter', 'emis', 'e1');
    expect(row?.resource).toMatchObject({
      id: resourceId('emis', 'Encounter', 'e1'),
      subject: { reference: `Patient/${report.patient}` },
      meta: {
        source: `urn:care-timeline:source:emis#${encodeURIComponent(`message ${messages}`)}`,
        tag: [
          { system: sourceTagSystem, code: 'emis' },
          { system: provenanceTagSystem, code: 'F83004' },
        ],
      },
    });
    expect(await findByLocalId(db(), 'emis', id)).toMatchObject([{ id: report.patient, name: 'OKAFOR, Grace' }]);
    expect(report.patient).not.toBe(resourceId('emis', 'Patient', id));
  });

  it('told again in another message, changes nothing: no version, no history, the first message stays on record', async () => {
    const id = fresh();
    const resources = [patient(id), visit('again', id)];
    const first = await takeIn(db(), record('emis', ...resources));
    const second = await takeIn(db(), record('emis', ...structuredClone(resources)));
    expect(second).toMatchObject({ patient: first.patient, created: 0, updated: 0, unchanged: 2 });
    const served = await db().query<{ version: number }>('select version from resource where patient = $1', [
      first.patient,
    ]);
    expect(served.map(({ version }) => version)).toEqual([1, 1]);
    const changed = await takeIn(db(), record('emis', patient(id), visit('again', id, { status: 'cancelled' })));
    expect(changed).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
  });

  it('resolves every form of reference, and says of the rest that nothing is there', async () => {
    const id = randomUUID();
    const site = { system: 'https://fhir.nhs.uk/Id/ods-site-code', value: fresh() };
    const doctor = fresh();
    const report = await takeIn(
      db(),
      record(
        'system-c',
        patient(id),
        { resourceType: 'Location', id: 'ward', identifier: [site], name: 'Ward' },
        { resourceType: 'Practitioner', id: doctor, name: [{ text: 'Dr A' }] },
        visit('forms', id, {
          subject: { reference: `urn:uuid:${id}` },
          contained: [{ resourceType: 'Organization', id: 'trust', name: 'Trust' } as never],
          location: [{ location: { reference: `Location?identifier=${site.system}|${site.value}` } }],
          participant: [
            { individual: { reference: `Practitioner/${doctor}/_history/2`, display: 'Dr A' } },
            { individual: { reference: 'Practitioner/gone', display: 'Dr Gone' } },
          ],
          serviceProvider: { reference: '#trust' },
          partOf: { reference: 'Encounter/forms' },
          basedOn: [{ reference: 'https://elsewhere.example/fhir/ServiceRequest/9' }],
        }),
      ),
    );
    expect(report.refused).toEqual([]);
    const row = await stored(db(), report.patient!, 'Encounter', 'system-c', 'forms');
    expect(row?.resource).toMatchObject({
      subject: { reference: `Patient/${report.patient}` },
      location: [{ location: { reference: `Location/${resourceId('system-c', 'Location', 'ward')}` } }],
      serviceProvider: { reference: '#trust' },
      // A record that points at itself is kept as it is, with its own id.
      partOf: { reference: `Encounter/${resourceId('system-c', 'Encounter', 'forms')}` },
      basedOn: [{ type: 'ServiceRequest', identifier: { value: 'https://elsewhere.example/fhir/ServiceRequest/9' } }],
    });
    expect(row?.resource['participant']).toEqual([
      { individual: { reference: `Practitioner/${resourceId('system-c', 'Practitioner', doctor)}`, display: 'Dr A' } },
      {
        individual: {
          display: 'Dr Gone',
          type: 'Practitioner',
          identifier: { system: 'urn:care-timeline:source:system-c', value: 'Practitioner/gone' },
        },
      },
    ]);
    expect(report.remarks).toEqual([
      'Reference to Practitioner that is not there, kept as words',
      'Reference to ServiceRequest that is not there, kept as words',
    ]);
  });

  it('finds services, staff and events that the same source told of in an earlier message', async () => {
    const id = fresh();
    const npi = fresh();
    const first = await takeIn(
      db(),
      record('carecast', patient(id), visit('stay', id), {
        resourceType: 'Practitioner',
        id: `p${npi}`,
        identifier: [{ system: 'urn:staff', value: npi }],
      }),
    );
    const report = await takeIn(
      db(),
      record('carecast', {
        resourceType: 'Observation',
        id: 'later',
        status: 'final',
        code: { text: 'Pulse' },
        subject: { reference: `Patient/${id}` },
        encounter: { reference: 'Encounter/stay' },
        performer: [{ reference: `Practitioner?identifier=urn:staff|${npi}` }],
      }),
    );
    expect(report).toMatchObject({ patient: first.patient, created: 1, refused: [], remarks: [] });
    const row = await stored(db(), first.patient!, 'Observation', 'carecast', 'later');
    expect(row?.resource).toMatchObject({
      encounter: { reference: `Encounter/${resourceId('carecast', 'Encounter', 'stay')}` },
      performer: [{ reference: `Practitioner/${resourceId('carecast', 'Practitioner', `p${npi}`)}` }],
    });
  });

  it('keeps services and staff in the directory, never in a person’s record', async () => {
    const id = fresh();
    await takeIn(db(), record('emis', patient(id), { resourceType: 'Organization', id: `o${id}`, name: 'Practice' }));
    expect(await stored(db(), directory, 'Organization', 'emis', `o${id}`)).toBeDefined();
  });

  it('refuses by name what it does not take, what is broken, and what is about somebody else', async () => {
    const [id, other] = [fresh(), fresh()];
    const report = await takeIn(
      db(),
      record(
        'emis',
        patient(id),
        visit('mine', id),
        visit('theirs', other),
        { resourceType: 'Claim', id: 'c1' } as never,
        { resourceType: 'Visit', id: 'v1' } as never,
        { ...visit('broken', id), status: undefined } as never,
        visit('nul', id, { text: { status: 'generated', div: '<div>a\u0000b</div>' } }),
      ),
    );
    expect(report).toMatchObject({ created: 2, updated: 0, unchanged: 0 });
    expect(report.refused).toEqual(
      [
        { type: 'Encounter', id: 'theirs', reason: 'It names another person than its record.' },
        { type: 'Claim', id: 'c1', reason: 'Claim is not among the types the hub takes in.' },
        { type: 'Visit', id: 'v1', reason: 'Visit is not among the types the hub takes in.' },
        {
          type: 'Encounter',
          id: 'broken',
          reason: 'Its structure is not valid FHIR R4: Encounter.status is missing and required.',
        },
        { type: 'Encounter', id: 'nul', reason: 'It holds a NUL character.' },
      ].map((refusal) => expect.objectContaining(refusal)),
    );
  });

  it('takes what is odd as it came, and says so', async () => {
    const id = fresh();
    const odd = visit('odd', id, { period: { start: '2026-03-02T10:00:00', end: '2026-03-01T10:00:00+14:00' } });
    const { class: _class, type: _type, ...bare } = odd;
    const report = await takeIn(
      db(),
      record('emis', patient(id), bare as Encounter, visit('undated', id, { period: undefined })),
    );
    expect(report).toMatchObject({ created: 3, refused: [] });
    expect(report.remarks).toEqual(
      expect.arrayContaining([
        'Encounter without a class',
        'Encounter without a type',
        'Encounter without a period',
        'Encounter that ends before it starts',
        'Encounter with a time without a zone, read as UK time',
      ]),
    );
    const row = await stored(db(), report.patient!, 'Encounter', 'emis', 'odd');
    expect(row?.resource['period']).toEqual({ start: '2026-03-02T10:00:00', end: '2026-03-01T10:00:00+14:00' });
  });

  it('keeps an event whose date cannot be read, as written; a person’s dates must be sound, for people are matched by them', async () => {
    const id = fresh();
    const odd = visit('unreadable', id, { period: { start: '14/11/2019', end: '2019-11-31' } });
    const report = await takeIn(db(), record('emis', patient(id), odd));
    expect(report).toMatchObject({
      created: 2,
      refused: [],
      remarks: ['Encounter with a date that cannot be read, kept as written'],
    });
    const row = await stored(db(), report.patient!, 'Encounter', 'emis', 'unreadable');
    expect(row?.resource['period']).toEqual({ start: '14/11/2019', end: '2019-11-31' });
    const refused = await takeIn(db(), record('emis', patient(fresh(), { birthDate: '12/03/1948' })));
    expect(refused.refused).toMatchObject([
      { reason: 'Its structure is not valid FHIR R4: Patient.birthDate is not a valid date.' },
    ]);
  });

  it('resources without an id are told apart by identifier or content, the same at every telling', async () => {
    const id = fresh();
    const pulse = (value: number, placer?: string): FhirResource => ({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Pulse' },
      subject: { reference: `Patient/${id}` },
      valueInteger: value,
      identifier: placer === undefined ? undefined : [{ system: 'urn:order', value: placer }],
    });
    const told = [patient(id), pulse(70), pulse(80), pulse(90, 'A1'), pulse(95, 'A1')];
    expect(await takeIn(db(), record('emis', ...told))).toMatchObject({ created: 5, refused: [] });
    expect(await takeIn(db(), record('emis', ...structuredClone(told)))).toMatchObject({ created: 0, unchanged: 5 });
  });

  it('a source that corrects whose event it was takes it from the wrong person', async () => {
    const [wrong, right] = [fresh(), fresh()];
    const before = await takeIn(db(), record('system-c', patient(wrong), visit(`moved${wrong}`, wrong)));
    const other = patient(right, { birthDate: '1990-01-01', name: [{ family: 'Lund' }] });
    const after = await takeIn(db(), record('system-c', other, visit(`moved${wrong}`, right)));
    expect(after.remarks).toEqual(['Encounter told of another person before, withdrawn there']);
    const left = await stored(db(), before.patient!, 'Encounter', 'system-c', `moved${wrong}`);
    expect(left?.mask).not.toBe(0);
    expect(left?.resource['period']).toBeUndefined();
    expect(await stored(db(), after.patient!, 'Encounter', 'system-c', `moved${wrong}`)).toMatchObject({ mask: 0 });
    expect(await conflictsOf(db(), 'system-c', right)).toEqual([{ kind: 'record-moved', other: before.patient }]);
    await mergePeople(db(), before.patient!, after.patient!, { by: 'test', reason: 'same person after all' });
    expect(await stored(db(), before.patient!, 'Encounter', 'system-c', `moved${wrong}`)).toMatchObject({ mask: 0 });
  });
});

eachEngine('whom a message is about', ({ db }) => {
  const result = (subject: Reference, more: Partial<Observation> = {}): FhirResource => ({
    resourceType: 'Observation',
    id: fresh(),
    status: 'final',
    code: { text: 'Result' },
    subject,
    ...more,
  });

  it('takes nothing into a record that names a person it does not know, in whatever form', async () => {
    const id = fresh();
    const nhs = '9990001243';
    const number = (value: string) => ({ identifier: { system: nhsNumberSystem, value } });
    const own = [
      { reference: `https://gp.example/fhir/Patient/${id}` },
      { reference: `Patient?identifier=${nhsNumberSystem}|${nhs}` },
      number(nhs),
      { display: 'the same person' },
    ];
    const others = [
      number('9990000018'),
      { reference: `Patient?identifier=${nhsNumberSystem}|9990000018` },
      { reference: 'https://gp.example/fhir/Patient/another' },
      { reference: `urn:uuid:${randomUUID()}` },
    ];
    const encounter = { reference: 'Encounter/e' };
    const report = await takeIn(
      db(),
      record(
        'emis',
        patient(id, { nhs }),
        visit('e', id),
        ...own.map((subject) => result(subject)),
        ...others.flatMap((subject) => [result(subject), result(subject, { encounter })]),
      ),
    );
    expect(report.refused.map(({ reason }) => reason)).toEqual(
      others.flatMap(() => ['It names another person than its record.', 'It names another person than its record.']),
    );
    expect(report.created).toBe(own.length + 2);
  });

  it.each(['hub', 'sign-on', 'a|b', ''])(
    'takes nothing from a source named %j, which could pass for another',
    async (source) => {
      await expect(takeIn(db(), record(source, patient(fresh())))).rejects.toThrow(/not named/);
    },
  );

  it('keeps no name of another person beside a reference that is cut off', async () => {
    const [id, other] = [fresh(), fresh()];
    const group: FhirResource = {
      resourceType: 'Appointment',
      id: fresh(),
      status: 'booked',
      participant: [
        { status: 'accepted', actor: { reference: `Patient/${id}`, display: 'Grace Okafor' } },
        { status: 'accepted', actor: { reference: `Patient/${other}`, display: 'Per Lund' } },
      ],
    };
    const report = await takeIn(db(), record('emis', patient(id), group));
    const row = await stored(db(), report.patient!, 'Appointment', 'emis', group.id!);
    expect(row?.content).toContain('Grace Okafor');
    expect(row?.content).not.toContain('Lund');
    expect(row?.content).not.toContain(other);
  });

  it('keeps nobody’s home among the places that everybody sees', async () => {
    const id = fresh();
    const home: FhirResource = {
      resourceType: 'Location',
      id: fresh(),
      name: 'Home of Grace Okafor',
      physicalType: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/location-physical-type', code: 'ho' }],
      },
    };
    const at = visit(fresh(), id, {
      location: [{ location: { reference: `Location/${home.id}`, display: 'At home' } }],
    });
    const report = await takeIn(db(), record('adastra', patient(id), home, at));
    expect(report.refused).toEqual([
      {
        type: 'Location',
        id: home.id,
        reason: 'It is a person’s home, which is not kept among the places of services.',
      },
    ]);
    expect((await stored(db(), report.patient!, 'Encounter', 'adastra', at.id!))?.content).toContain('At home');
    expect(await stored(db(), directory, 'Location', 'adastra', home.id!)).toBeUndefined();
  });
});

eachEngine('labels', ({ db }) => {
  const restricted = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] };
  const linked = (id: string, encounter: string): FhirResource[] => [
    {
      resourceType: 'Condition',
      id: 'c',
      subject: { reference: `Patient/${id}` },
      encounter: { reference: `Encounter/${encounter}` },
    },
    // Linked only through the condition: two steps from the label.
    {
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text: 'Medicine' },
      subject: { reference: `Patient/${id}` },
      reasonReference: [{ reference: 'Condition/c' }],
    },
    {
      resourceType: 'Appointment',
      id: 'a',
      status: 'booked',
      participant: [{ status: 'accepted', actor: { reference: `Patient/${id}` } }],
    },
    {
      resourceType: 'List',
      id: 'l',
      status: 'current',
      mode: 'working',
      subject: { reference: `Patient/${id}` },
      entry: [{ item: { reference: 'Condition/c' } }],
    },
  ];
  const masks = async (person: string) =>
    Object.fromEntries(
      (
        await db().query<{ type: string; mask: number }>('select type, mask from resource where patient = $1', [person])
      ).map(({ type, mask }) => [type, mask]),
    );

  it('whatever links to a labelled visit is labelled too; the problem list and the person are not', async () => {
    const id = fresh();
    const report = await takeIn(
      db(),
      record(
        'emis',
        patient(id),
        ...linked(id, 'e'),
        visit('e', id, { meta: restricted, appointment: [{ reference: 'Appointment/a' }] }),
      ),
    );
    expect(await masks(report.patient!)).toEqual({
      Patient: 0,
      List: 0,
      Encounter: labelBits.restricted,
      Condition: labelBits.restricted,
      MedicationRequest: labelBits.restricted,
      Appointment: labelBits.restricted,
    });
  });

  it('what comes later and links to it is labelled, and a later label reaches what came before', async () => {
    const id = fresh();
    const first = await takeIn(db(), record('emis', patient(id), visit('e', id, { meta: restricted })));
    await takeIn(db(), record('emis', ...linked(id, 'e').slice(0, 1)));
    expect(await masks(first.patient!)).toMatchObject({ Condition: labelBits.restricted });

    const other = fresh();
    const second = await takeIn(
      db(),
      record('adastra', patient(other), visit('f', other), ...linked(other, 'f').slice(0, 1)),
    );
    expect(await masks(second.patient!)).toMatchObject({ Condition: 0 });
    await takeIn(db(), record('adastra', visit('f', other, { meta: restricted })));
    expect(await masks(second.patient!)).toMatchObject({
      Encounter: labelBits.restricted,
      Condition: labelBits.restricted,
    });
  });

  it('stays labelled when it is told again without the link that labelled it', async () => {
    const id = fresh();
    const [, , appointment] = linked(id, 'e');
    const { patient: person } = await takeIn(
      db(),
      record(
        'emis',
        patient(id),
        appointment!,
        visit('e', id, { meta: restricted, appointment: [{ reference: 'Appointment/a' }] }),
      ),
    );
    await takeIn(db(), record('emis', { ...appointment!, status: 'fulfilled' } as FhirResource));
    expect(await masks(person!)).toMatchObject({ Appointment: labelBits.restricted });
  });

  it('reaches what a labelled visit, report or letter holds, whichever was told first', async () => {
    const result = (id: string): FhirResource => ({
      resourceType: 'Observation',
      id: 'o',
      status: 'final',
      code: { text: 'Result' },
      subject: { reference: `Patient/${id}` },
    });
    const report = (id: string): FhirResource => ({
      resourceType: 'DiagnosticReport',
      id: 'r',
      status: 'final',
      code: { text: 'Report' },
      subject: { reference: `Patient/${id}` },
      result: [{ reference: 'Observation/o' }],
      meta: restricted,
    });
    const words = (id: string): FhirResource => ({
      resourceType: 'Binary',
      id: 'b',
      contentType: 'text/plain',
      data: 'SGVsbG8=',
      securityContext: { reference: `Patient/${id}` },
    });
    const letter = (id: string): FhirResource => ({
      resourceType: 'DocumentReference',
      id: 'd',
      status: 'current',
      subject: { reference: `Patient/${id}` },
      content: [{ attachment: { url: 'Binary/b' } }],
      meta: restricted,
    });
    for (const [holder, part] of [
      [report, result],
      [letter, words],
    ] as const) {
      for (const order of [
        [holder, part],
        [part, holder],
      ]) {
        const id = fresh();
        const { patient: person } = await takeIn(db(), record('system-c', patient(id)));
        for (const make of order) await takeIn(db(), record('system-c', make(id)));
        expect(Object.values(await masks(person!)).filter((mask) => mask !== 0)).toHaveLength(2);
      }
    }
  });

  it('passes along links from any source message to message, and goes again when the source takes it off', async () => {
    const id = fresh();
    const problem = (meta?: FhirResource['meta']): FhirResource => ({
      resourceType: 'Condition',
      id: 'c',
      subject: { reference: `Patient/${id}` },
      meta,
    });
    const medicine = linked(id, 'e')[1]!;
    const { patient: person } = await takeIn(db(), record('emis', patient(id), problem(), medicine));
    await takeIn(db(), record('emis', problem(restricted)));
    expect(await masks(person!)).toMatchObject({
      Condition: labelBits.restricted,
      MedicationRequest: labelBits.restricted,
    });
    expect(await takeIn(db(), record('emis', structuredClone(medicine)))).toMatchObject({ unchanged: 1, updated: 0 });
    await takeIn(db(), record('emis', problem()));
    expect(await masks(person!)).toMatchObject({ Condition: 0, MedicationRequest: 0 });
  });

  it('reaches what was told of a visit before the visit itself came', async () => {
    const id = fresh();
    const { patient: person } = await takeIn(db(), record('emis', patient(id), ...linked(id, 'late').slice(0, 1)));
    await takeIn(db(), record('emis', visit('late', id, { meta: restricted })));
    expect(await masks(person!)).toMatchObject({ Encounter: labelBits.restricted, Condition: labelBits.restricted });
  });

  it('leaves hidden what was withdrawn from a person who has labels', async () => {
    const [wrong, right, both] = [fresh(), fresh(), `both${fresh()}`];
    const other = patient(right, { birthDate: '1990-01-01', name: [{ family: 'Lund' }] });
    const before = await takeIn(db(), record('emis', patient(wrong), visit(both, wrong)));
    await takeIn(db(), record('emis', visit(`sealed${both}`, wrong, { meta: restricted })));
    await takeInMany(db(), [record('emis', visit(`more${both}`, wrong)), record('emis', other, visit(both, right))]);
    const left = await stored(db(), before.patient!, 'Encounter', 'emis', both);
    expect(left?.resource['period']).toBeUndefined();
    expect(left?.mask).not.toBe(0);
  });

  it('a list whose words tell of a labelled problem is labelled with it', async () => {
    const id = fresh();
    const [problem, , , list] = linked(id, 'e');
    const telling = {
      ...list!,
      entry: [{ item: { reference: 'Condition/c', display: 'What it is' } }],
    } as FhirResource;
    const { patient: person } = await takeIn(
      db(),
      record('emis', patient(id), problem!, telling, visit('e', id, { meta: restricted })),
    );
    expect(await masks(person!)).toMatchObject({ List: labelBits.restricted });
  });

  it('a person whose own record is labelled is found by nobody', async () => {
    const nhs = '9990000018';
    await takeIn(db(), record('emis', patient(fresh(), { nhs, meta: restricted, birthDate: '1911-11-11' })));
    expect(await findByNhsNumber(db(), nhs)).toEqual([]);
    expect(await findByNameAndBirthDate(db(), { family: 'Okafor', birthDate: '1911-11-11' })).toEqual([]);
  });

  it('a number that somebody withheld has too leads to nobody, never to the other one', async () => {
    const nhs = '9990000549';
    const number = {
      system: 'https://fhir.interweavedigital.nhs.uk/Id/local-patient-identifier',
      value: `F-${fresh()}`,
    };
    const sealed = patient(fresh(), { nhs, meta: restricted, birthDate: '1911-11-11' });
    const other = patient(fresh(), { nhs, birthDate: '1990-01-01', name: [{ family: 'Lund' }] });
    for (const each of [sealed, other]) each.identifier?.push(number);
    await takeIn(db(), record('emis', sealed));
    const { patient: person } = await takeIn(db(), record('emis', other));
    expect(await findByNhsNumber(db(), nhs)).toEqual([]);
    expect(await findByLocalId(db(), 'emis', number.value)).toEqual([]);
    expect(await findById(db(), person!)).toMatchObject({ id: person });
  });
});

eachEngine('whose record it is', ({ db }) => {
  const take = (source: string, who: Patient) => takeIn(db(), record(source, who, visit(`e-${who.id}`, who.id!)));

  it('joins two sources by a verified NHS number and agreeing demographics into one served Patient', async () => {
    const nhs = '9990000107';
    const gp = await take('emis', patient('gp', { nhs, status: '01' }));
    const hospital = await take(
      'system-c',
      patient('mrn', { nhs, status: '01', name: [{ family: 'OKAFOR', given: ['G'] }] }),
    );
    expect(hospital.patient).toBe(gp.patient);
    expect(await findByNhsNumber(db(), '999 000 0107')).toMatchObject([{ id: gp.patient, nhsNumber: nhs }]);
    const [served] = await db().query<{ content: string }>(
      `select content from resource where patient = $1 and type = 'Patient'`,
      [gp.patient],
    );
    const sources = (JSON.parse(served!.content) as Patient).meta?.tag?.filter(
      ({ system }) => system === sourceTagSystem,
    );
    expect(sources?.map(({ code }) => code)).toEqual(['emis', 'system-c']);
  });

  it('never joins by an unconfirmed number alone: a separate person, and a line on the worklist', async () => {
    const nhs = '9990000115';
    const gp = await take('emis', patient('u1', { nhs, status: '01' }));
    const call = await take('adastra', patient('u2', { nhs, status: '02', name: [{ given: ['Grace'] }] }));
    expect(call.patient).not.toBe(gp.patient);
    expect(await conflictsOf(db(), 'adastra', 'u2')).toEqual([{ kind: 'unconfirmed-number', other: gp.patient }]);
    expect(await findByNhsNumber(db(), nhs)).toHaveLength(2);
    await take('adastra', patient('u2', { nhs, status: '02', name: [{ given: ['Grace'] }] }));
    expect(await conflictsOf(db(), 'adastra', 'u2')).toHaveLength(1);
  });

  it('one number with another birth date is another person until a human says otherwise', async () => {
    const nhs = '9990000123';
    const gp = await take('emis', patient('k1', { nhs, status: '01' }));
    const hospital = await take('carecast', patient('k2', { nhs, status: '01', birthDate: '1984-12-03' }));
    expect(hospital.patient).not.toBe(gp.patient);
    expect(await conflictsOf(db(), 'carecast', 'k2')).toEqual([{ kind: 'contradiction', other: gp.patient }]);
  });

  it('two people with one name and birthday stay two, and both are found', async () => {
    const twin = (id: string) => patient(id, { birthDate: '1970-07-07', name: [{ family: 'Begum', given: ['Rina'] }] });
    const one = await take('emis', twin('t1'));
    const two = await take('system-c', twin('t2'));
    expect(two.patient).not.toBe(one.patient);
    const found = await findByNameAndBirthDate(db(), { family: 'begum', given: 'RINA', birthDate: '1970-07-07' });
    expect(found.map(({ id }) => id).sort()).toEqual([one.patient!, two.patient!].sort());
    expect(await findByNameAndBirthDate(db(), { family: 'begum', given: 'Ada', birthDate: '1970-07-07' })).toEqual([]);
  });

  it('a number traced later brings a lone record to the person, with everything that came with it', async () => {
    const nhs = '9990000131';
    const gp = await take('emis', patient('l1', { nhs, status: '01' }));
    const before = await take('adastra', patient('l2'));
    expect(before.patient).not.toBe(gp.patient);
    const after = await takeIn(db(), record('adastra', patient('l2', { nhs, status: '01' })));
    expect(after.patient).toBe(gp.patient);
    const visits = await db().query<{ content: string }>(
      `select content from resource where patient = $1 and type = 'Encounter'`,
      [gp.patient],
    );
    expect(visits).toHaveLength(2);
    expect(visits.every(({ content }) => content.includes(`Patient/${gp.patient}`))).toBe(true);
    expect(await findById(db(), before.patient!)).toMatchObject({ id: gp.patient });
    const served = await db().query('select 1 from resource where patient = $1 and mask = 0', [before.patient]);
    expect(served).toEqual([]);
  });

  it('a record whose number changes leaves the people its join rested on', async () => {
    const nhs = '9990000158';
    const gp = await take('emis', patient('n1', { nhs, status: '01' }));
    expect((await take('carecast', patient('n2', { nhs, status: '01' }))).patient).toBe(gp.patient);
    const after = await take('carecast', patient('n2', { nhs: '9990000166', status: '01' }));
    expect(after.patient).not.toBe(gp.patient);
    expect((await conflictsOf(db(), 'carecast', 'n2')).map(({ kind }) => kind)).toEqual(['number-changed']);
    expect(
      await db().query(`select 1 from resource where patient = $1 and type = 'Encounter'`, [gp.patient]),
    ).toHaveLength(1);
  });

  it('a local id that is suddenly somebody else is refused with everything that came with it', async () => {
    const before = await take('liquidlogic', patient('r1'));
    const stranger = patient('r1', { birthDate: '2001-01-01', name: [{ family: 'Lund', given: ['Per'] }] });
    const report = await take('liquidlogic', stranger);
    expect(report.created + report.updated).toBe(0);
    expect(report.refused.map(({ type }) => type)).toEqual(['Patient', 'Encounter']);
    expect(await conflictsOf(db(), 'liquidlogic', 'r1')).toEqual([{ kind: 'local-id-reused', other: before.patient }]);
    expect(await findById(db(), before.patient!)).toMatchObject({ birthDate: '1948-03-12' });
  });

  it('merging moves exactly what came with the record, and unmerging moves it back', async () => {
    const one = await take('emis', patient('m1'));
    const two = await take('system-c', patient('m2'));
    const settled = { by: 'R. Clerk', reason: 'seen together' };
    await mergePeople(db(), one.patient!, two.patient!, settled);
    const visits = async (person: string) =>
      (
        await db().query<{ source: string }>(
          `select source from resource where patient = $1 and type = 'Encounter' order by source`,
          [person],
        )
      ).map(({ source }) => source);
    expect(await visits(one.patient!)).toEqual(['emis', 'system-c']);
    expect(await findById(db(), two.patient!)).toMatchObject({ id: one.patient });
    // Told again after the merge, nothing changes and nothing goes back.
    expect(await take('system-c', patient('m2'))).toMatchObject({
      patient: one.patient,
      created: 0,
      updated: 0,
      unchanged: 2,
    });

    expect(await unmergeRecord(db(), { source: 'system-c', localId: 'm2' }, settled)).toBe(two.patient);
    expect([await visits(one.patient!), await visits(two.patient!)]).toEqual([['emis'], ['system-c']]);
    expect(await findById(db(), two.patient!)).toMatchObject({ id: two.patient });
    const history = await db().query<{ rule: string }>(
      `select rule from person_link where source = 'system-c' and local_id = 'm2' order by at`,
    );
    expect(history.map(({ rule }) => rule)).toEqual(['new', 'merged', 'unmerged']);
    await expect(unmergeRecord(db(), { source: 'system-c', localId: 'm2' }, settled)).rejects.toThrow(
      /nothing to take apart/,
    );
    await expect(mergePeople(db(), one.patient!, one.patient!, settled)).rejects.toThrow(/themselves/);
  });

  it('a real NHS number is for a server only; no number at all is fine anywhere', async () => {
    const real = await take('emis', patient('x1', { nhs: '9434765919' }));
    const expected = db().engine === 'pglite' ? { refused: 2, taken: 0 } : { refused: 0, taken: 2 };
    expect({ refused: real.refused.length, taken: real.created }).toEqual(expected);
    expect((await take('emis', patient('x2'))).refused).toEqual([]);
  });

  it('several records in one go: each with its report, one person over all of them', async () => {
    const nhs = '9990000174';
    const reports: (string | undefined)[] = [];
    const records = ['emis', 'system-c', 'adastra'].map((source) =>
      record(source, patient(`b-${source}`, { nhs, status: '01' }), visit('b', `b-${source}`)),
    );
    const total = await takeInMany(db(), records, ({ patient }) => reports.push(patient));
    expect(total).toMatchObject({ created: 6, updated: 0, unchanged: 0, refused: [] });
    expect(new Set(reports).size).toBe(1);
    expect(await takeInMany(db(), structuredClone(records))).toMatchObject({ created: 0, updated: 0, unchanged: 6 });
  });

  it('messages of one batch may refer to one another and to staff told further on; of one thing told twice the last counts', async () => {
    const told = [
      record('emis', patient('o1'), visit('first', 'o1')),
      record('emis', visit('first', 'o1', { status: 'cancelled' })),
      record('emis', {
        resourceType: 'Observation',
        id: 'o-obs',
        status: 'final',
        code: { text: 'Pulse' },
        subject: { reference: 'Patient/o1' },
        encounter: { reference: 'Encounter/first' },
        performer: [{ reference: 'Practitioner/o-doc' }],
      }),
      record('emis', { resourceType: 'Practitioner', id: 'o-doc', name: [{ text: 'Dr O' }] }),
    ];
    const total = await takeInMany(db(), told);
    expect(total).toMatchObject({ created: 4, updated: 0, unchanged: 1, refused: [], remarks: [] });
    const [person] = await findByLocalId(db(), 'emis', 'o1');
    expect((await stored(db(), person!.id, 'Encounter', 'emis', 'first'))?.resource).toMatchObject({
      status: 'cancelled',
    });
    expect(await takeInMany(db(), structuredClone(told))).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 5,
      remarks: [],
    });
  });

  it('takes two hubs’ word at once and still makes one person', async () => {
    const nhs = '9990000182';
    const [a, b] = await Promise.all([
      take('emis', patient('p1', { nhs, status: '01' })),
      take('carecast', patient('p2', { nhs, status: '01' })),
    ]);
    expect(a.patient).toBe(b.patient);
  });
});
