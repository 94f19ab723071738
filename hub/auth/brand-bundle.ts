import { createHash } from 'node:crypto';
import type { Bundle, Endpoint, Organization } from 'fhir/r4';
import type { FastifyInstance } from 'fastify';
import { addresses, type HubConfig } from '../config.ts';
import { resourceId } from '../store/ids.ts';

// User-access brands (SMART 2.2, 8): by it an app that lists where a person's record can be opened finds this hub.

const profiles = 'http://hl7.org/fhir/smart-app-launch/StructureDefinition';

/** When what the bundle says was last changed; a test holds it to its content. */
export const brandsChanged = '2026-11-22T00:00:00Z';

/** The identifier that smart-configuration points to in the bundle: the hub's own address. */
export function brandIdentifier(config: HubConfig): { system: string; value: string } {
  return { system: 'urn:ietf:rfc:3986', value: config.publicUrl };
}

/** The hub as one brand with its one FHIR base. */
export function brandBundle(config: HubConfig): Bundle<Organization | Endpoint> {
  const { fhirBase } = addresses(config);
  const [brand, endpoint] = ['Organization', 'Endpoint'].map((type) => resourceId('brands', type, config.publicUrl));
  return {
    resourceType: 'Bundle',
    meta: { profile: [`${profiles}/user-access-brands-bundle`] },
    type: 'collection',
    timestamp: brandsChanged,
    entry: [
      {
        fullUrl: `urn:uuid:${brand}`,
        resource: {
          resourceType: 'Organization',
          id: brand,
          meta: { profile: [`${profiles}/user-access-brand`] },
          identifier: [brandIdentifier(config)],
          active: true,
          name: 'Care Timeline',
          telecom: [{ system: 'url', value: config.publicUrl }],
          endpoint: [{ reference: `urn:uuid:${endpoint}` }],
        },
      },
      {
        fullUrl: `urn:uuid:${endpoint}`,
        resource: {
          resourceType: 'Endpoint',
          id: endpoint,
          meta: { profile: [`${profiles}/user-access-endpoint`] },
          extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/endpoint-fhir-version', valueCode: '4.0.1' }],
          status: 'active',
          connectionType: {
            system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type',
            code: 'hl7-fhir-rest',
          },
          name: 'FHIR R4 of Care Timeline',
          managingOrganization: { reference: `urn:uuid:${brand}` },
          contact: [{ system: 'url', value: config.publicUrl }],
          payloadType: [
            { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/endpoint-payload-type', code: 'none' }] },
          ],
          address: fhirBase,
        },
      },
    ],
  };
}

/** `GET /brands.json`: for anybody, from any origin, with an ETag. */
export function addBrandRoute(app: FastifyInstance, config: HubConfig): void {
  const body = JSON.stringify(brandBundle(config));
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  app.get('/brands.json', async (request, reply) => {
    void reply.headers({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'ETag',
      'cache-control': 'public, max-age=3600',
      etag,
    });
    const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    if (known?.some((tag) => tag === etag || tag === '*') === true) return reply.code(304).send();
    return reply.type('application/fhir+json; charset=utf-8').send(body);
  });
}
