import type { FhirResource } from 'fhir/r4';
import { odsSiteSystem, odsSystem, sdsUserSystem } from '../../fhir/systems.ts';
import type { SourceId } from '../../fhir/sources.ts';
import { type Organisation, type Place, organisations, places, practices, specialties } from '../borough/places.ts';
import { professionals, type Professional } from '../borough/professionals.ts';
import type { Borough } from '../borough/truth.ts';
import { reference, ukCore } from './codes.ts';
import { asAtOf, organisationReference } from './pen.ts';
import type { SourceRecordLike } from './source-record.ts';

/** Whose staff and places each source knows. */
const known: Record<Exclude<SourceId, 'patient'>, { owner: string; organisations: string[] }> = {
  emis: { owner: 'F83063', organisations: [...practices.map(({ ods }) => ods), 'RKE', 'RRV', 'XLCW1', 'TAF', 'G6V2S'] },
  'system-c': { owner: 'RKE', organisations: ['RKE', 'TAF', 'G6V2S'] },
  adastra: { owner: 'XLCW1', organisations: ['XLCW1'] },
  carecast: { owner: 'RRV', organisations: ['RRV'] },
  liquidlogic: {
    owner: '706',
    organisations: organisations
      .filter(({ ods, partOf, kind }) => ods === '706' || partOf === '706' || kind === 'provider')
      .map(({ ods }) => ods),
  },
};

/** The services, staff and places of each source, one record a source, without any person. */
export function* writeDirectories(borough: Borough): Iterable<SourceRecordLike> {
  for (const [source, { owner, organisations: codes }] of Object.entries(known) as [
    keyof typeof known,
    (typeof known)['emis'],
  ][]) {
    const held = organisations.filter(({ ods }) => codes.includes(ods));
    // A practice keeps its own staff only; who wrote a hospital's letter stands there as words.
    const ours = source === 'emis' ? practices.map(({ ods }) => ods) : codes;
    yield {
      source,
      organisation: owner,
      message: { id: `${source}-directory`, receivedAt: new Date(asAtOf(source, borough.now)).toISOString() },
      resources: [
        ...held.map(organisationResource),
        ...places.filter(({ organisation }) => ours.includes(organisation)).map(locationResource),
        ...professionals.filter(({ organisation }) => ours.includes(organisation)).flatMap(staffResources),
      ],
    };
  }
}

function organisationResource({ ods, name, kind, partOf }: Organisation): FhirResource {
  const coded = kind !== 'team' && kind !== 'provider';
  return {
    resourceType: 'Organization',
    id: ods,
    ...(coded ? { identifier: [{ system: odsSystem, value: ods }] } : {}),
    active: ods !== 'TAF',
    type: [
      {
        text: {
          practice: 'GP practice',
          trust: 'NHS trust',
          'mental-health': 'Mental health trust',
          council: 'Council',
          urgent: 'Urgent care provider',
          provider: 'Care provider',
          team: 'Council team',
        }[kind],
      },
    ],
    name,
    ...(partOf === undefined ? {} : { partOf: organisationReference(partOf) }),
  };
}

function locationResource({ id, name, organisation, type }: Place): FhirResource {
  const site = { RKE: 'RKEQ4', RRV: 'RRV03' }[organisation];
  return {
    resourceType: 'Location',
    id,
    ...(site === undefined ? {} : { identifier: [{ system: odsSiteSystem, value: site }] }),
    status: 'active',
    name,
    mode: 'instance',
    type: [ukCore('EncounterLocationTypeEngland', type.code, type.text)],
    managingOrganization: organisationReference(organisation),
  };
}

function staffResources({ id, sdsUser, name, role, organisation, specialty }: Professional): FhirResource[] {
  const text = `${name.prefix} ${name.given} ${name.family}`;
  return [
    {
      resourceType: 'Practitioner',
      id,
      identifier: [{ system: sdsUserSystem, value: sdsUser }],
      active: true,
      name: [{ use: 'official', family: name.family, given: [name.given], prefix: [name.prefix], text }],
    },
    {
      resourceType: 'PractitionerRole',
      id: `${id}-role`,
      active: true,
      practitioner: reference('Practitioner', id, text),
      organization: organisationReference(organisation),
      code: [ukCore('SDSJobRoleName', role.code, role.name)],
      ...(specialty === undefined
        ? {}
        : { specialty: [ukCore('PracticeSettingCode', specialty, specialties.get(specialty) ?? specialty)] }),
    },
  ];
}
