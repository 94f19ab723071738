import type { AllergyIntolerance, FhirResource, Flag } from 'fhir/r4';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fhirServer, type FhirServer } from '../../mocks/handlers.ts';
import { openSession } from '../launch/live-session.ts';
import { testBrowser, testGrant } from '../launch/testing.ts';
import { keyReader, type KeyReader, type KeyTopics } from './key-reader.ts';
import { keyTopics } from './key-topics.ts';

const network = setupServer();
beforeAll(() => network.listen());
afterEach(() => network.resetHandlers());
afterAll(() => network.close());

const allergy = (number: number, patient = 'p1'): AllergyIntolerance => ({
  resourceType: 'AllergyIntolerance',
  id: `a${number}`,
  code: { text: 'Penicillin' },
  patient: { reference: `Patient/${patient}` },
});
const flag: Flag = {
  resourceType: 'Flag',
  id: 'f1',
  status: 'active',
  code: { text: 'Key safe' },
  subject: { reference: 'Patient/p1' },
};

function hub(resources: FhirResource[]): FhirServer {
  const server = fhirServer({ base: 'https://hub.example/fhir', resources, pageSize: 2 });
  network.use(...server.handlers);
  return server;
}

function reading(): KeyReader {
  const tab = testBrowser().tab('https://app.example/timeline');
  const { session } = openSession(
    tab,
    testGrant(tab.now()),
    () => undefined,
    () => undefined,
  );
  const reader = keyReader(session);
  reader.read();
  return reader;
}

async function settled(reader: KeyReader): Promise<KeyTopics> {
  const done = (): boolean => keyTopics.every((topic) => reader.state()[topic].status !== 'loading');
  if (!done()) {
    await new Promise<void>((resolve) => {
      const leave = reader.subscribe(() => {
        if (!done()) return;
        leave();
        resolve();
      });
    });
  }
  return reader.state();
}

describe('key information', () => {
  it('is read to the last page of every topic', async () => {
    hub([allergy(1), allergy(2), allergy(3), flag]);
    const topics = await settled(reading());
    expect(topics.AllergyIntolerance.resources.map(({ id }) => id)).toEqual(['a1', 'a2', 'a3']);
    expect(topics.Flag.resources).toEqual([flag]);
    expect(topics.CarePlan).toEqual({ status: 'read', resources: [], failure: undefined, strangers: 0 });
  });

  it('shows no half list: when a later page of allergies fails, allergies have failed, and only they', async () => {
    const server = hub([allergy(1), allergy(2), allergy(3), flag]);
    server.faults.push({ on: 'AllergyIntolerance', page: 2, kind: 'status', status: 500 });
    const reader = reading();
    const topics = await settled(reader);
    expect(topics.AllergyIntolerance).toEqual({ status: 'failed', resources: [], failure: 'server', strangers: 0 });
    expect(topics.Flag.status).toBe('read');

    server.faults.length = 0;
    const asked = server.requests.length;
    reader.read();
    expect(reader.state().AllergyIntolerance.status).toBe('loading');
    expect((await settled(reader)).AllergyIntolerance.resources).toHaveLength(3);
    expect(server.requests.slice(asked).every((path) => path.startsWith('AllergyIntolerance'))).toBe(true);
  });

  it('read again and failing, what was known stays known, as possibly incomplete (misreading 1)', async () => {
    hub([allergy(1), flag]);
    const reader = reading();
    await settled(reader);
    network.resetHandlers();
    hub([allergy(1), flag, { ...flag, id: 'f2' }]);
    network.use(http.get('https://hub.example/fhir/AllergyIntolerance', () => HttpResponse.error()));
    reader.readAgain();
    // Never loading meanwhile: what is shown stays in sight.
    expect(reader.state().AllergyIntolerance.status).toBe('read');
    await expect.poll(() => reader.state().AllergyIntolerance.status).toBe('failed');
    expect(reader.state().AllergyIntolerance.resources).toHaveLength(1);
    await expect.poll(() => reader.state().Flag.resources.length).toBe(2);
  });

  it('drops and counts what names another person', async () => {
    const server = hub([allergy(1)]);
    server.extra['AllergyIntolerance'] = [{ resource: allergy(9, 'p2'), search: { mode: 'match' } }];
    const { AllergyIntolerance } = await settled(reading());
    expect(AllergyIntolerance.resources.map(({ id }) => id)).toEqual(['a1']);
    expect(AllergyIntolerance.strangers).toBe(1);
  });

  it('asks for each topic once, however often it is told to read', async () => {
    const server = hub([flag]);
    const reader = reading();
    reader.read();
    await settled(reader);
    reader.read();
    expect(server.requests).toHaveLength(keyTopics.length);
  });

  it('takes no answer after it was closed, and can start again', async () => {
    const server = hub([flag]);
    const reader = reading();
    reader.close();
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(keyTopics.every((topic) => reader.state()[topic].status === 'loading')).toBe(true);
    reader.read();
    expect((await settled(reader)).Flag.resources).toEqual([flag]);
    expect(server.requests.length).toBeGreaterThanOrEqual(keyTopics.length);
  });
});
