import { date, dateTime } from '../../borough/clock.ts';
import { organisationOf } from '../../borough/places.ts';
import type { Borough } from '../../borough/truth.ts';
import { type AdastraCase, guidOf } from './cases.ts';
import { element, escaped } from './xml-text.ts';

const roots = {
  traced: '2.16.840.1.113883.2.1.4.1',
  untraced: '2.16.840.1.113883.2.1.3.2.4.18.23',
  person: '2.16.840.1.113883.2.1.3.2.4.18.24',
  caseGuid: '2.16.840.1.113883.2.1.3.2.4.18.34',
  caseNumber: '2.16.840.1.113883.2.1.3.2.4.18.35',
  organisation: '2.16.840.1.113883.2.1.3.2.4.19.1',
  dispositions: '2.16.840.1.113883.2.1.3.2.4.17.325',
} as const;

/** The NHS 111 report of a case's call, in the envelope in which it travels (ITK NHS 111 CDA v2). Undefined where nobody rang. */
export function reportMessage(held: AdastraCase, borough: Borough): string | undefined {
  const [call] = held.calls;
  if (call === undefined) return undefined;
  const end = call.end ?? call.start;
  const restricted = call.labels?.includes('V') === true ? 'V' : call.labels === undefined ? 'N' : 'R';
  const id = guidOf(`${held.guid} report`);
  const lcw = organisationOf('XLCW1');
  const document = element(
    'ClinicalDocument',
    [
      empty('typeId', { root: '2.16.840.1.113883.1.3', extension: 'POCD_HD000040' }),
      empty('id', { root: id }),
      empty('code', { code: '819551000000100', codeSystem: '2.16.840.1.113883.2.1.3.2.4.15' }),
      element('title', 'NHS 111 Report'),
      // The document's own time states its zone by the hour alone, the encounter's in full.
      empty('effectiveTime', { value: stamp(end).slice(0, -2) }),
      empty('confidentialityCode', { code: restricted, codeSystem: '2.16.840.1.113883.1.11.16926' }),
      empty('setId', { root: guidOf(`${held.guid} report set`) }),
      empty('versionNumber', { value: '1' }),
      recordTarget(held, borough),
      author(end),
      element(
        'informant',
        element(
          'relatedEntity',
          empty('code', { code: '21', displayName: 'Self' }) + element('relatedPerson', element('name', 'The person')),
        ),
      ),
      element(
        'custodian',
        element('assignedCustodian', element('representedCustodianOrganization', organisation(lcw.ods, lcw.name))),
      ),
      element(
        'authorization',
        element(
          'consent',
          empty('code', { code: '425691002', displayName: 'Consent given for electronic record sharing' }),
        ),
      ),
      encounter(held, call, end),
      body(call),
    ].join('\n'),
    { xmlns: 'urn:hl7-org:v3', classCode: 'DOCCLIN', moodCode: 'EVN' },
  );
  return enveloped(document, id);
}

function recordTarget({ life: { person }, habits, guid }: AdastraCase, { households }: Borough): string {
  const [name] = person.namesIn.adastra ?? person.names;
  const traced = (person.verification.adastra ?? '01') === '01';
  const home = households.find(({ id }) => id === person.household);
  const practice = organisationOf(person.practice);
  return element(
    'recordTarget',
    element(
      'patientRole',
      [
        habits.withoutNumber
          ? ''
          : empty('id', { root: traced ? roots.traced : roots.untraced, extension: person.nhsNumber }),
        empty('id', {
          root: roots.person,
          extension: guidOf(`${guid} person`),
          assigningAuthorityName: 'XLCW1:Unscheduled Care',
        }),
        home === undefined
          ? ''
          : element(
              'addr',
              element('streetAddressLine', escaped(home.line)) +
                element('streetAddressLine', 'London') +
                element('postalCode', home.postcode),
              { use: 'H' },
            ),
        empty('telecom', { value: `tel:${person.phone}`, use: 'MC' }),
        element(
          'patient',
          [
            element(
              'name',
              (name?.given ?? []).map((given) => element('given', escaped(given))).join('') +
                element('family', escaped(name?.family ?? '')),
            ),
            empty('administrativeGenderCode', { code: { male: '1', female: '2', other: '9' }[person.gender] }),
            habits.ageOnly ? '' : empty('birthTime', { value: date(person.birth).replaceAll('-', '') }),
          ].join(''),
        ),
        element('providerOrganization', organisation(practice.ods, practice.name)),
      ].join('\n'),
    ),
  );
}

function author(at: number): string {
  return element(
    'author',
    empty('time', { value: stamp(at) }) +
      element(
        'assignedAuthor',
        empty('code', { code: 'NR1690', displayName: 'Call Operator' }) +
          element('assignedPerson', element('name', 'Health Advisor')),
      ),
  );
}

function encounter({ guid, number }: AdastraCase, call: AdastraCase['calls'][number], end: number): string {
  return element(
    'componentOf',
    element(
      'encompassingEncounter',
      [
        empty('id', { root: roots.caseGuid, extension: guid }),
        empty('id', { root: roots.caseNumber, extension: number }),
        empty('code', { code: 'NHS111Encounter', codeSystem: '2.16.840.1.113883.2.1.3.2.4.17.326' }),
        element('effectiveTime', empty('low', { value: stamp(call.start) }) + empty('high', { value: stamp(end) })),
        empty('dischargeDispositionCode', {
          code: call.visit === undefined ? 'Dx09' : 'Dx05',
          codeSystem: roots.dispositions,
          displayName: call.advice,
        }),
      ].join(''),
    ),
  );
}

function body({ reason, advice }: AdastraCase['calls'][number]): string {
  const section = (title: string, lines: readonly string[]) =>
    element(
      'component',
      element(
        'section',
        element('title', escaped(title)) +
          element('text', lines.map((line) => `${element('content', escaped(line))}<br/>`).join(''), {
            mediaType: 'text/x-hl7-text+xml',
          }),
      ),
    );
  const sections = [
    section("Patient's Reported Condition", [reason.text]),
    section('Pathways Disposition', [advice]),
    section('Pathways Assessment', [
      `${reason.text} was the reason for the contact.`,
      'The individual was not fighting for breath.',
    ]),
    section('Advice Given', ['Ring back if anything changes or gets worse.']),
  ];
  return element('component', element('structuredBody', element('component', element('section', sections.join('\n')))));
}

function enveloped(document: string, id: string): string {
  const header =
    '<itk:header service="urn:nhs-itk:services:201005:SendNHS111Report-v2-0"><itk:senderAddress uri="urn:nhs-uk:addressing:ods:XLCW1"/></itk:header>';
  return `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
<itk:DistributionEnvelope xmlns:itk="urn:nhs-itk:ns:201005">${header}
<itk:payloads count="1"><itk:payload id="uuid_${id}">${document}</itk:payload></itk:payloads>
</itk:DistributionEnvelope></soap:Body></soap:Envelope>\n`;
}

function organisation(ods: string, name: string): string {
  return empty('id', { root: roots.organisation, extension: ods }) + element('name', escaped(name));
}

function empty(name: string, attributes: Record<string, string>): string {
  return element(name, '', attributes).replace(`></${name}>`, '/>');
}

/** `20261120201500+0000`: London's clock with its offset. */
function stamp(at: number): string {
  const [clock = '', offset = ''] = dateTime(at).split('+');
  return `${clock.replaceAll(/[-:T]/g, '')}+${offset.replace(':', '')}`;
}
