import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { gpConnect } from './gp-connect.ts';
import { type PullOptions, pullRecord } from './pull.ts';
import { practiceSystem, sends } from './testing-practice.ts';
import { bundle, message, person, practice, staff, toldAfter, wholeRecord } from './testing-record.ts';

const asks = (base: string, more: Partial<PullOptions> = {}): PullOptions => ({
  endpoint: { organisation: practice, base, asid: '200000000116' },
  requester: {
    issuer: 'https://hub.example',
    asid: '200000000115',
    device: { system: 'https://hub.example/devices', value: 'hub', model: 'Care Timeline', version: '1' },
    organisation: { ods: 'RRV', name: 'University College London Hospitals' },
    practitioner: {
      id: 'staff-7',
      family: 'Ansah',
      given: 'Efua',
      sdsUserId: 'UNK',
      sdsRoleProfileId: 'UNK',
      local: { system: 'https://hub.example/users', value: 'eansah' },
    },
  },
  nhsNumber: '9990000018',
  traceId: '0f5f6a52-51d0-4a51-9f1b-3f6f0e6c1a11',
  now: Date.parse('2026-11-22T10:00:00Z'),
  ...more,
});

const outcome = (code: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'not-found', details: { coding: [{ code }] }, diagnostics: 'Ada Okafor' }],
});

it('a practice is asked for everything of one person, and told who asks, from where and why', async () => {
  const { base, seen } = await practiceSystem(sends(bundle(wholeRecord())));
  const pulled = await pullRecord(asks(base));
  expect(pulled).toMatchObject({ kind: 'record', label: 'structured record 0f5f6a52-51d0-4a51-9f1b-3f6f0e6c1a11' });
  const [{ request, body } = { request: undefined, body: '' }] = seen;
  expect(`${request?.method} ${request?.url}`).toBe('POST /F83063/STU3/1/gpconnect/Patient/$gpc.getstructuredrecord');
  expect(request?.headers).toMatchObject({
    'ssp-from': '200000000115',
    'ssp-to': '200000000116',
    'ssp-traceid': '0f5f6a52-51d0-4a51-9f1b-3f6f0e6c1a11',
    'ssp-interactionid': 'urn:nhs:names:services:gpconnect:fhir:operation:gpc.getstructuredrecord-1',
    'content-type': 'application/fhir+json;charset=utf-8',
  });
  expect(JSON.parse(body)).toMatchObject({ resourceType: 'Parameters', parameter: { length: 10 } });
  const [head = '', claims = '', signature] = (request?.headers.authorization ?? '').replace('Bearer ', '').split('.');
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'none', typ: 'JWT' });
  expect(signature).toBe('');
  const token: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString());
  expect(token).toMatchObject({
    iss: 'https://hub.example',
    sub: 'staff-7',
    aud: base,
    iat: 1795341600,
    exp: 1795341900,
    reason_for_request: 'directcare',
    requested_record: { identifier: [{ value: '9990000018' }] },
    requesting_organization: { identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'RRV' }] },
  });
  // What came is what goes to the inbox, byte for byte.
  if (pulled.kind !== 'record') throw new Error(pulled.reason);
  expect(gpConnect.sort({ ...message(''), bytes: pulled.bytes }).pieces).toHaveLength(1);
});

it('through Spine’s proxy the practice’s address stands behind the proxy’s', async () => {
  const { base, seen } = await practiceSystem(sends(bundle(wholeRecord())));
  const proxy = base.slice(0, base.indexOf('/F83063'));
  const endpoint = { organisation: practice, base: 'https://emis.example/F83063', asid: '200000000116', proxy };
  expect((await pullRecord(asks(base, { endpoint }))).kind).toBe('record');
  expect(seen[0]?.request.url).toBe('/https://emis.example/F83063/Patient/$gpc.getstructuredrecord');
});

it('an answer about somebody else goes no further (wrong patient)', async () => {
  const other = { ...person, identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000026' }] };
  const { base } = await practiceSystem(sends(bundle([other, ...staff])));
  expect(await pullRecord(asks(base))).toEqual({
    kind: 'failed',
    reason: 'The answer was not about the person who was asked for.',
    again: false,
  });
});

it('a refusal is told apart from an empty record, and reaches the record it leaves behind', async () => {
  const { base } = await practiceSystem(sends(outcome('NO_PATIENT_CONSENT'), 403));
  expect(await pullRecord(asks(base))).toMatchObject({
    kind: 'refused',
    codes: ['NO_PATIENT_CONSENT'],
    bytes: undefined,
  });
  const pulled = await pullRecord(asks(base, { subject: String(person['id']) }));
  if (pulled.kind !== 'refused' || pulled.bytes === undefined) throw new Error('no refusal to tell');
  expect(pulled.reason).not.toMatch(/Okafor/);
  const refusal = JSON.parse(Buffer.from(pulled.bytes).toString()) as Record<string, unknown>;
  const { resources } = await toldAfter(bundle(wholeRecord()), refusal);
  expect(resources.map(({ resourceType }) => resourceType)).toEqual(['Patient', 'List']);
});

it('what goes wrong is a reason, and says whether asking again may help', async () => {
  const failed = async (answer: (response: ServerResponse) => void, more: Partial<PullOptions> = {}) => {
    const { base } = await practiceSystem(answer);
    const pulled = await pullRecord(asks(base, more));
    return pulled.kind === 'failed' ? `${pulled.again ? 'again' : 'no'}: ${pulled.reason}` : pulled.kind;
  };
  expect(await failed(sends('<html>', 502))).toBe('again: The practice’s system answered with status 502.');
  expect(await failed(sends(outcome('INTERNAL_SERVER_ERROR'), 500))).toMatch(/^again: .*INTERNAL_SERVER_ERROR/);
  expect(await failed(sends(outcome('INVALID_PARAMETER'), 422))).toMatch(/^no: .*INVALID_PARAMETER/);
  expect(await failed(sends('{"resourceType":"Bundle",'))).toMatch(/^no: It is not JSON/);
  expect(await failed(sends(bundle([...staff])))).toMatch(/^no: It names no patient/);
  expect(await failed(sends(bundle(wholeRecord())), { mostBytes: 1000 })).toMatch(/^no: .*larger/);
  expect(await failed(() => {}, { timeoutMs: 50 })).toBe('again: The practice’s system did not answer in time.');
  // An answer that begins in time and never ends, or ends before it is whole, is none.
  const begins = (response: ServerResponse) => response.writeHead(200).write('{"resourceType":"Bundle","entry":[');
  expect(await failed(begins, { timeoutMs: 100 })).toBe('again: The practice’s system did not answer in time.');
  const breaksOff = (response: ServerResponse) => {
    response.writeHead(200, { 'content-length': '100000' });
    response.write('{"resourceType":"Bundle","entry":[', () => response.destroy());
  };
  expect(await failed(breaksOff)).toBe('again: The practice’s system could not be reached.');
  expect(await failed((response) => response.destroy())).toBe('again: The practice’s system could not be reached.');
  expect(await failed((response) => response.writeHead(302, { location: 'https://elsewhere.example' }).end())).toBe(
    'again: The practice’s system could not be reached.',
  );
  expect(await failed(sends({}), { nhsNumber: '9990000019' })).toMatch(/^no: .*not an NHS number/);
});
