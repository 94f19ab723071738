import { createHash } from 'node:crypto';
import type { Bundle, Endpoint, Organization } from 'fhir/r4';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { validateStructure } from '../fhir/validate.ts';
import { eachEngine } from '../store/testing.ts';
import { brandBundle, brandsChanged } from './brand-bundle.ts';
import { startTestHub, type TestHub } from './testing.ts';

// The assertions of Inferno's brands suite.
eachEngine('the user-access brands', ({ db }) => {
  let hub: TestHub;
  let address = '';
  beforeAll(async () => {
    hub = await startTestHub(db());
    address = (hub.auth.smartConfiguration() as Record<string, string>)['user_access_brand_bundle'] ?? '';
  });
  afterAll(() => hub.close());

  it('are found from smart-configuration by anybody, from any origin, with an ETag that spares reading them again', async () => {
    const response = await fetch(address, { headers: { origin: 'https://anybody.example' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/fhir\+json/);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const etag = response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const again = await fetch(address, { headers: { 'if-none-match': `W/${etag}` } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await fetch(address, { headers: { 'if-none-match': '"another"' } })).status).toBe(200);
  });

  it('name this hub and its FHIR base, each referring to the other', async () => {
    const bundle = (await (await fetch(address)).json()) as Bundle;
    expect([bundle.type, bundle.timestamp]).toEqual(['collection', brandsChanged]);
    const [brand, endpoint] = (bundle.entry ?? []).map(({ resource }) => resource) as [Organization, Endpoint];
    const [brandUrl, endpointUrl] = (bundle.entry ?? []).map(({ fullUrl }) => fullUrl);
    const { user_access_brand_identifier: identifier } = hub.auth.smartConfiguration() as Record<string, unknown>;
    expect(brand.identifier).toEqual([identifier]);
    expect(brand.endpoint).toEqual([{ reference: endpointUrl }]);
    expect(endpoint.managingOrganization).toEqual({ reference: brandUrl });
    expect(endpoint.address).toBe(hub.fhirBase);
    for (const resource of [brand, endpoint]) expect(validateStructure(resource)).toEqual([]);
  });

  it('say by their timestamp when their content was last changed', () => {
    const config = { ...hub.config, publicUrl: 'https://record.example' };
    const digest = createHash('sha256')
      .update(JSON.stringify(brandBundle(config)))
      .digest('hex');
    // When this fails, what the bundle says has changed: set `brandsChanged` to now, and this to the digest.
    expect(digest).toBe('0b285cae17c653dbf8611c901577acbe4d51c1be3b6cbba13e7d9cec2a5cef8d');
  });
});
