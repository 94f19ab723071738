import { expect, test } from '@playwright/test';
import { launchFromDesk, type LaunchedToken } from '../../../tools/smart-launch.ts';
import { desks } from '../../addresses.ts';
import { personWith, type Person } from '../../people.ts';
import { ask, expectRefused, fhir } from './steps.ts';

// Somebody with a good token for one person tries to have another’s record by it (leaked record, wrong patient).

interface Row {
  resourceType: string;
  id: string;
  subject?: { reference?: string };
  patient?: { reference?: string };
}
interface Page {
  link?: { relation: string; url: string }[];
  entry?: { resource: Row; search?: { mode: string } }[];
}

const types = [
  'Encounter',
  'Observation',
  'DocumentReference',
  'MedicationRequest',
  'Condition',
  'Task',
  'AllergyIntolerance',
];

let thief: LaunchedToken;
let victim: LaunchedToken;
let person: Person;
/** The victim's own rows, as only their own token finds them. */
let rows: Row[];
/** What no answer to the thief may hold: the victim's number, name and every id they did not ask for. */
let secrets: string[];

const rowsOf = (text: string): Row[] =>
  ((JSON.parse(text) as Page).entry ?? [])
    .filter(({ search }) => search?.mode !== 'outcome')
    .map(({ resource }) => resource);
const linksOf = (text: string): string | undefined =>
  (JSON.parse(text) as Page).link?.find(({ relation }) => relation === 'next')?.url;

test.beforeAll(async () => {
  person = await personWith(/ADEYEMI/);
  const other = await personWith(/O'DONNELL/);
  thief = await launchFromDesk(desks, { system: 'emis', patient: other.nhsNumber });
  victim = await launchFromDesk(desks, { system: 'emis', patient: person.nhsNumber });
  const found = await Promise.all(
    types.map(async (type) =>
      rowsOf((await ask(victim.accessToken, `${type}?patient=${victim.patient}&_count=1`)).text),
    ),
  );
  rows = found.flat();
  expect(new Set(rows.map(({ resourceType }) => resourceType)).size).toBe(types.length);
  secrets = [person.nhsNumber, 'Adeyemi', 'Florence'];
});

test('an id that is somebody else’s is answered as one that nobody has, however it is asked for', async () => {
  const invented = 'aaaaaaaa-1111-5222-8333-bbbbbbbbbbbb';
  for (const { resourceType, id } of rows) {
    for (const path of [
      (its: string) => `${resourceType}/${its}`,
      (its: string) => `${resourceType}/${its}/_history`,
      (its: string) => `${resourceType}/${its}/_history/1`,
    ]) {
      const real = await ask(thief.accessToken, path(id));
      expectRefused(real, 404, secrets, path(id));
      const none = await ask(thief.accessToken, path(invented));
      expect([real.status, real.text.replaceAll(id, invented)]).toEqual([none.status, none.text]);
    }
    const searched = await ask(thief.accessToken, `${resourceType}?patient=${thief.patient}&_id=${id}`);
    expect([searched.status, rowsOf(searched.text)], resourceType).toEqual([200, []]);
  }
});

test('a search that names somebody else is refused: by address, by form, by number, in a batch', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const number = `https://fhir.nhs.uk/Id/nhs-number|${person.nhsNumber}`;
  for (const type of types) {
    expectRefused(await ask(thief.accessToken, `${type}?patient=${victim.patient}`), 403, secrets, type);
    const posted = await ask(thief.accessToken, `${type}/_search`, {
      method: 'POST',
      headers: form,
      body: `patient=Patient/${victim.patient}`,
    });
    expectRefused(posted, 403, secrets, type);
    const both = await ask(thief.accessToken, `${type}?patient=${thief.patient}&patient=${victim.patient}`);
    expect(rowsOf(both.text).length, type).toBe(0);
  }
  for (const path of [
    `Patient/${victim.patient}`,
    `Patient/${victim.patient}/$everything`,
    `Patient/${victim.patient}/_history`,
  ]) {
    const answer = await ask(thief.accessToken, path);
    expect([403, 404], path).toContain(answer.status);
    expectRefused(answer, answer.status, secrets, path);
  }
  const byNumber = await ask(thief.accessToken, `Patient?identifier=${encodeURIComponent(number)}`);
  expect([byNumber.status, rowsOf(byNumber.text)]).toEqual([200, []]);
  const entry = [`Encounter?patient=${victim.patient}`, `Patient/${victim.patient}`].map((url) => ({
    request: { method: 'GET', url },
  }));
  const batch = await ask(thief.accessToken, '', {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry }),
  });
  expect(batch.status).toBe(200);
  const statuses = (JSON.parse(batch.text) as { entry: { response: { status: string } }[] }).entry.map(({ response }) =>
    response.status.slice(0, 3),
  );
  expect(
    statuses.every((status) => status === '403' || status === '404'),
    statuses.join(),
  ).toBe(true);
  for (const secret of secrets) expect(batch.text).not.toContain(secret);
});

test('what _include and _revinclude follow ends at the one person, also from staff and places that many share', async () => {
  const shared = rowsOf(
    (
      await ask(
        victim.accessToken,
        `Encounter?patient=${victim.patient}&_include=Encounter:participant&_include=Encounter:service-provider`,
      )
    ).text,
  ).filter(({ resourceType }) => resourceType === 'Practitioner' || resourceType === 'Organization');
  expect(shared.length).toBeGreaterThan(1);
  const asked = [
    `Patient?_id=${thief.patient}&_revinclude=Encounter:patient&_revinclude=Observation:patient`,
    `Encounter?patient=${thief.patient}&_include=Encounter:subject&_include:iterate=Patient:link`,
    ...shared.map(({ resourceType, id }) =>
      resourceType === 'Practitioner'
        ? `Practitioner?_id=${id}&_revinclude=Encounter:participant`
        : `Organization?_id=${id}&_revinclude=Encounter:service-provider`,
    ),
    ...['*', 'Encounter:*', 'Patient:general-practitioner:Patient'].map(
      (what) => `Encounter?patient=${thief.patient}&_include=${what}`,
    ),
    `Encounter?patient=${thief.patient}&subject:Patient.identifier=${person.nhsNumber}`,
    `Encounter?_has:Observation:encounter:patient=${victim.patient}`,
    `Patient?_id=${thief.patient},${victim.patient}`,
  ];
  for (const path of asked) {
    const { status, text } = await ask(thief.accessToken, path);
    expect([200, 400, 403], path).toContain(status);
    // What was asked for stands in the answer's own address, and nowhere else in it.
    const told = JSON.stringify({ ...(JSON.parse(text) as object), link: undefined });
    for (const secret of [...secrets, victim.patient]) expect(told, path).not.toContain(secret);
    for (const { subject, patient } of status === 200 ? rowsOf(text) : []) {
      const about = subject?.reference ?? patient?.reference;
      if (about?.startsWith('Patient/') === true) expect(about, path).toBe(`Patient/${thief.patient}`);
    }
  }
});

test('a next link is good for the search and the person it was made for, and not when a letter of it is changed', async () => {
  const next = linksOf((await ask(victim.accessToken, `Encounter?patient=${victim.patient}&_count=1`)).text);
  const own = linksOf((await ask(thief.accessToken, `Encounter?patient=${thief.patient}&_count=1`)).text);
  if (next === undefined || own === undefined) throw new Error('there is no second page');
  expect((await ask(thief.accessToken, own)).status).toBe(200);
  expectRefused(await ask(thief.accessToken, next), 403, secrets, 'the victim’s link');
  const cursor = new URL(next).searchParams.get('_after') ?? '';
  const changed = (to: string) => {
    const url = new URL(own);
    url.searchParams.set('_after', to);
    return url.href;
  };
  const mine = new URL(own).searchParams.get('_after') ?? '';
  const forged = Buffer.from(
    Buffer.from(cursor, 'base64url')
      .toString()
      .replace(/~[^~]*$/, '~AAAAAAAAAAAAAAAA'),
  ).toString('base64url');
  for (const bad of [cursor, forged, `${mine}A`, `A${mine.slice(1)}`, "' or 1=1 --", '../../etc/passwd', '']) {
    expectRefused(await ask(thief.accessToken, changed(bad)), 400, secrets, bad);
  }
  expectRefused(await ask(thief.accessToken, own.replace('/Encounter', '/Observation')), 400, secrets, 'another type');
});

test('nobody writes by a token to read, neither into another record nor into one’s own', async () => {
  const before = new Date().toISOString();
  const [row] = rows;
  const reading = {
    resourceType: 'Observation',
    id: row?.id,
    meta: {
      source: 'urn:care-timeline:source:emis#1',
      security: [],
      tag: [{ system: 'https://care-timeline.example/source', code: 'emis' }],
    },
    status: 'final',
    code: { text: 'Weight' },
    subject: { reference: `Patient/${victim.patient}` },
  };
  const tries: [method: string, path: string, body: unknown, status?: number][] = [
    ['POST', 'Observation', reading],
    ['POST', 'Observation', { ...reading, subject: { reference: `Patient/${thief.patient}` } }],
    ['PUT', `${row?.resourceType}/${row?.id}`, { ...reading, resourceType: row?.resourceType }],
    ['PUT', `Patient/${victim.patient}`, { resourceType: 'Patient', id: victim.patient }, 405],
    ['PATCH', `Patient/${thief.patient}`, [{ op: 'replace', path: '/id', value: victim.patient }], 405],
    ['PATCH', `${row?.resourceType}/${row?.id}`, [{ op: 'replace', path: '/status', value: 'entered-in-error' }]],
    ['DELETE', `${row?.resourceType}/${row?.id}`, undefined],
    [
      'POST',
      '',
      {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [{ resource: reading, request: { method: 'POST', url: 'Observation' } }],
      },
    ],
  ];
  for (const [method, path, body, status = 403] of tries) {
    const type = method === 'PATCH' ? 'application/json-patch+json' : 'application/fhir+json';
    const answer = await ask(thief.accessToken, path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': type } }),
    });
    expectRefused(answer, status, secrets, `${method} ${path}`);
  }
  for (const each of [thief, victim]) {
    const since = await ask(each.accessToken, `${fhir}/Patient/${each.patient}/$everything?_since=${before}`);
    expect([since.status, rowsOf(since.text)]).toEqual([200, []]);
  }
});

test('of another person nothing is asked, declared, opened, decided or written into the trail', async () => {
  const json = { 'content-type': 'application/fhir+json' };
  const invented = 'aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb';
  const parameter = [
    { name: 'reason', valueCode: 'agrees' },
    { name: 'words', valueString: 'x' },
  ];
  for (const [operation, method] of [
    ['access', 'GET'],
    ['declare-relationship', 'POST'],
    ['revoke-relationship', 'POST'],
    ['break-glass', 'POST'],
  ] as const) {
    const send = async (id: string) =>
      ask(thief.accessToken, `Patient/${id}/$${operation}`, {
        method,
        ...(method === 'POST'
          ? { headers: json, body: JSON.stringify({ resourceType: 'Parameters', parameter }) }
          : {}),
      });
    const [real, none] = [await send(victim.patient), await send(invented)];
    expectRefused(real, none.status, secrets, operation);
    expect([403, 404], operation).toContain(real.status);
    expect(real.text.replaceAll(victim.patient, invented), operation).toBe(none.text);
  }
  for (const operation of ['declare-relationship', 'revoke-relationship', 'break-glass']) {
    expectRefused(await ask(thief.accessToken, `Patient/${thief.patient}/$${operation}`), 405, secrets, operation);
  }
  const choice = {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    policyRule: { text: 'x' },
    provision: { type: 'permit' },
  };
  for (const patient of [victim.patient, thief.patient]) {
    const body = JSON.stringify({ ...choice, patient: { reference: `Patient/${patient}` } });
    expectRefused(
      await ask(thief.accessToken, 'Consent', { method: 'POST', headers: json, body }),
      403,
      secrets,
      'a choice',
    );
    const line = JSON.stringify({
      resourceType: 'AuditEvent',
      type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110114' },
      action: 'E',
      recorded: '2020-01-01T00:00:00Z',
      outcome: '0',
      agent: [{ who: { display: 'Somebody else' }, requestor: true }],
      source: { observer: { display: 'x' } },
      entity: [{ what: { reference: `Patient/${patient}` } }],
    });
    const told = await ask(thief.accessToken, 'AuditEvent', { method: 'POST', headers: json, body: line });
    expect([400, 403, 422], `a line: ${told.text}`).toContain(told.status);
    expectRefused(told, told.status, secrets, 'a line');
  }
  expectRefused(await ask(thief.accessToken, `AuditEvent?patient=${victim.patient}`), 403, secrets, 'the trail');
  const mine = await ask(thief.accessToken, `AuditEvent?patient=${thief.patient}`);
  expect(mine.status).toBe(200);
  expect(mine.text).not.toContain('Somebody else');
});

test('a token is taken from the header alone, and only whole', async () => {
  const path = `${fhir}/Patient/${victim.patient}`;
  const tries: [string, RequestInit][] = [
    [`${path}?access_token=${victim.accessToken}`, {}],
    [path, { headers: { cookie: `access_token=${victim.accessToken}` } }],
    [path, { headers: { authorization: victim.accessToken } }],
    [path, { headers: { authorization: `Basic ${Buffer.from(`x:${victim.accessToken}`).toString('base64')}` } }],
    [path, { headers: { authorization: `Bearer ${victim.accessToken.slice(0, -1)}` } }],
    [path, { headers: { authorization: `Bearer ${victim.accessToken}, Bearer ${thief.accessToken}` } }],
    [path, { headers: { authorization: `Bearer ${victim.refreshToken ?? ''}` } }],
  ];
  for (const [address, init] of tries) {
    const answer = await fetch(address, init);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    const text = await answer.text();
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
});
