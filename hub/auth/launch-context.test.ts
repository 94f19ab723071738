import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ResourceType } from '../../fhir/resource-types.ts';
import { labelBits } from '../access/labels.ts';
import { newRow } from '../access/testing.ts';
import { resourceId } from '../store/ids.ts';
import { upsertRows } from '../store/resources.ts';
import { directory } from '../store/rows.ts';
import { eachEngine } from '../store/testing.ts';
import { people } from './testing-people.ts';
import { doctor, startTestHub, type TestHub } from './testing.ts';

eachEngine('what a clinical system hands to the app with a launch', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(db());
    const put = (patient: string, type: ResourceType, id: string, mask = 0) =>
      upsertRows(db(), [newRow(patient, id, { type, mask })]);
    await put(people.ann.id, 'ImagingStudy', 'scan');
    await put(people.ann.id, 'ImagingStudy', resourceId('emis', 'ImagingStudy', 'local-scan'));
    await put(people.ann.id, 'ImagingStudy', 'restricted', labelBits.restricted);
    await put(people.ann.id, 'ImagingStudy', 'sealed', labelBits.sealed);
    await put(people.bea.id, 'ImagingStudy', 'beas');
    await put(people.ann.id, 'Encounter', 'visit');
    await put(directory, 'Organization', 'org');
  });
  afterAll(() => hub.close());

  const enter = async (body: object) => {
    const { url, verifier } = await hub.authorizeUrl({ launch: await hub.launch(body) });
    const location = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? 'none:';
    const response = await hub.token({
      grant_type: 'authorization_code',
      code: new URL(location).searchParams.get('code') ?? '',
      redirect_uri: hub.callback,
      code_verifier: verifier,
    });
    return (await response.json()) as Record<string, unknown>;
  };

  it('is told no longer, at a refresh or to who introspects, where the person has sealed it since', async () => {
    const put = (type: ResourceType, id: string, mask = 0) =>
      upsertRows(db(), [newRow(people.ann.id, id, { type, mask })]);
    await put('Encounter', 'to-be-sealed');
    await put('ImagingStudy', 'its-scan');
    const handed = { reference: 'ImagingStudy/its-scan', role: 'https://desk.example/role/of-the-visit' };
    const tokens = await enter({
      intent: 'review',
      encounter: 'to-be-sealed',
      fhirContext: [handed, { reference: 'ImagingStudy/scan' }],
    });
    expect(tokens).toMatchObject({
      encounter: 'to-be-sealed',
      fhirContext: [handed, { reference: 'ImagingStudy/scan' }],
    });
    await put('Encounter', 'to-be-sealed', labelBits.sealed);
    await put('ImagingStudy', 'its-scan', labelBits.sealed);
    const told = await fetch(`${hub.issuer}/introspect`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(tokens['access_token'])}` },
      body: new URLSearchParams({ token: String(tokens['access_token']) }),
    });
    const again = await hub.token({ grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) });
    for (const answer of [told, again]) {
      const members = (await answer.json()) as Record<string, unknown>;
      expect(members).toMatchObject({
        patient: people.ann.id,
        intent: 'review',
        fhirContext: [{ reference: 'ImagingStudy/scan' }],
      });
      expect(members).not.toHaveProperty('encounter');
    }
  });

  it('comes out of the token response as it went in, and again at every refresh', async () => {
    const identifier = { system: 'https://tools.example/id', value: '7' };
    const tokens = await enter({
      intent: 'reconcile-medications',
      tenant: 'ward-3',
      smartStyleUrl: 'https://desk.example/style-v1.json',
      fhirContext: [
        { reference: 'ImagingStudy/scan' },
        { reference: 'ImagingStudy/local-scan', role: 'https://desk.example/role/earlier' },
        { reference: 'Organization/org', type: 'Organization' },
        { reference: 'Encounter/visit', role: 'https://desk.example/role/earlier' },
        { identifier, type: 'ServiceRequest' },
      ],
    });
    const context = {
      intent: 'reconcile-medications',
      tenant: 'ward-3',
      smart_style_url: 'https://desk.example/style-v1.json',
      fhirContext: [
        { reference: 'ImagingStudy/scan' },
        {
          reference: `ImagingStudy/${resourceId('emis', 'ImagingStudy', 'local-scan')}`,
          role: 'https://desk.example/role/earlier',
        },
        { reference: 'Organization/org', type: 'Organization' },
        { reference: 'Encounter/visit', role: 'https://desk.example/role/earlier' },
        { identifier, type: 'ServiceRequest' },
      ],
    };
    expect(tokens).toMatchObject(context);
    const again = await hub.token({ grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) });
    expect(await again.json()).toMatchObject(context);
  });

  it('is absent from the token response when there was none', async () => {
    const tokens = await enter({});
    for (const name of ['intent', 'tenant', 'smart_style_url', 'fhirContext']) expect(tokens).not.toHaveProperty(name);
  });

  it('names what a GP may see and a social worker may not, to the GP alone', async () => {
    const fhirContext = [{ reference: 'ImagingStudy/restricted' }];
    expect(await enter({ fhirContext })).toMatchObject({ fhirContext });
    const user = { ...doctor, role: 'R9570', roleName: 'Senior Social Worker (Adults)' };
    expect((await hub.askLaunch({ fhirContext, user })).status).toBe(400);
  });

  it.each<[string, object]>([
    ['another person’s', { fhirContext: [{ reference: 'ImagingStudy/beas' }] }],
    ['what is withheld', { fhirContext: [{ reference: 'ImagingStudy/sealed' }] }],
    ['what is not there', { fhirContext: [{ reference: 'ImagingStudy/scan' }, { reference: 'ImagingStudy/none' }] }],
    ['another Patient', { fhirContext: [{ reference: `Patient/${people.bea.id}`, role: 'https://x.example/role' }] }],
  ])('makes no launch for %s, in the same words', async (_why, body) => {
    const response = await hub.askLaunch(body);
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        error: 'invalid_request',
        error_description: 'fhirContext names what is not in the record of this person here',
      },
    ]);
  });

  it.each<[string, object]>([
    ['the person again without a role', { fhirContext: [{ reference: `Patient/${people.ann.id}` }] }],
    ['a visit as the launch’s own', { fhirContext: [{ reference: 'Encounter/visit', role: 'launch' }] }],
    ['an address of another server', { fhirContext: [{ reference: 'https://x.example/ImagingStudy/scan' }] }],
    ['an item that names nothing', { fhirContext: [{ type: 'ImagingStudy' }] }],
    ['an unknown type', { fhirContext: [{ identifier: { value: '7' }, type: 'Nonsense' }] }],
    ['no item', { fhirContext: [] }],
    ['too many items', { fhirContext: Array.from({ length: 21 }, () => ({ reference: 'ImagingStudy/scan' })) }],
    ['an intent that is too long', { intent: 'x'.repeat(201) }],
    ['an empty tenant', { tenant: ' ' }],
    ['a style sheet that is not fetched safely', { smartStyleUrl: 'http://desk.example/style.json' }],
    ['a style sheet that is no address', { smartStyleUrl: 'javascript:alert(1)' }],
  ])('makes no launch for %s', async (_why, body) => {
    const response = await hub.askLaunch(body);
    expect([response.status, ((await response.json()) as Record<string, string>)['error']]).toEqual([
      400,
      'invalid_request',
    ]);
  });
});
