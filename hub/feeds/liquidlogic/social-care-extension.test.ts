import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../fhir/validate.ts';
import { UnusableMessage } from '../format.ts';
import { socialCareExtension } from './social-care-extension.ts';
import { assessment, extension, file, homeCare, messageOf, ofType, Pieces } from './testing.ts';
import { directory, keySafe, person } from './testing-ida.ts';

describe('the social care extension', () => {
  it('tells alerts, legal facts, the team and the key worker, contacts, equipment and reasons for support', async () => {
    const told = await new Pieces()
      .take(
        extension(
          {
            person,
            alerts: [{ id: 'a1', kind: 'communication', text: 'Lives alone', from: '2025-10-01' }],
            legal: [
              {
                id: 'l1',
                kind: 'lasting-power-of-attorney',
                text: 'Daughter, for health and welfare',
                from: '2024-03-01',
                document: 'with the family',
              },
              {
                id: 'l2',
                kind: 'deprivation-of-liberty',
                text: 'Standard authorisation',
                from: '2025-01-01',
                until: '2026-01-01',
              },
            ],
            safeguarding: [{ id: 's1', from: '2026-08-20', text: 'Safeguarding concern being looked into' }],
            teams: [
              {
                id: 't1',
                name: 'Community',
                from: '2026-08-01',
                members: [{ staff: 'sw2', role: 'Social worker', keyWorker: true }],
              },
            ],
            contacts: [
              { id: 'c1', relationship: 'Daughter', name: { family: 'Quill', given: ['Ann'] }, phone: '07700 900301' },
            ],
            equipment: [keySafe, { id: 'e2', name: 'Walking frame', asked: '2026-09-20' }],
            supportReasons: [
              { id: 'r1', reason: 'Physical Support: Personal care support', primary: true, from: '2026-08-03' },
              {
                id: 'r2',
                reason: 'Social Support: Support for Social Isolation/Other',
                primary: false,
                until: '2026-09-01',
              },
            ],
          },
          { directory },
        ),
      )
      .tell('706-4711');
    expect(told.doubts).toEqual([]);
    for (const resource of told.resources) expect(checkStructure(resource).problems).toEqual([]);
    expect(ofType(told, 'Patient')).toMatchObject([
      {
        id: '706-4711',
        name: [{ family: 'Quill' }],
        contact: [{ relationship: [{ text: 'Daughter' }] }],
        birthDate: '1941-05-06',
      },
    ]);
    expect(
      ofType(told, 'Flag').map(({ status, category, code }) => [status, category?.[0]?.coding?.[0]?.code, code.text]),
    ).toEqual([
      ['active', 'OTH', 'Lives alone'],
      ['active', 'OTH', 'Lasting power of attorney: Daughter, for health and welfare. Document: with the family'],
      ['inactive', 'OTH', 'Deprivation of Liberty Safeguards: Standard authorisation'],
      ['active', 'SGC', 'Safeguarding concern being looked into'],
    ]);
    expect(ofType(told, 'CareTeam')).toMatchObject([
      {
        status: 'active',
        participant: [
          {
            role: [{ text: 'Social worker, key worker' }],
            member: { reference: 'Practitioner/sw2', display: 'Ms Ruth Levy' },
          },
        ],
        managingOrganization: [{ display: 'Islington Council' }],
      },
    ]);
    expect(ofType(told, 'DeviceRequest')).toMatchObject([
      { status: 'completed', codeCodeableConcept: { text: 'Key safe' }, occurrencePeriod: { start: '2026-09-03' } },
      { status: 'active', codeCodeableConcept: { text: 'Walking frame' }, authoredOn: '2026-09-20' },
    ]);
    expect(
      ofType(told, 'Condition').map(({ clinicalStatus, recordedDate }) => [
        clinicalStatus?.coding?.[0]?.code,
        recordedDate,
      ]),
    ).toEqual([
      ['active', '2026-08-03'],
      ['inactive', undefined],
    ]);
  });

  it('says of an event what its line of the return cannot, and both are one event', async () => {
    const told = await new Pieces()
      .take(
        file([assessment, homeCare]),
        extension(
          {
            person,
            events: [
              {
                id: 'A-1',
                event: 'Assessment',
                status: 'closed',
                start: '2026-07-20T10:00:00+01:00',
                kind: 'Care Act Needs Assessment',
                team: '706-community',
                staff: 'sw2',
                summary: 'Needs help with washing.',
              },
              {
                id: 'S-1',
                event: 'Service',
                status: 'onhold',
                name: 'Home care package',
                staff: 'sw2',
                follows: 'A-1',
                history: [
                  { status: 'active', start: '2026-08-03', end: '2026-09-28' },
                  { status: 'onhold', start: '2026-09-28' },
                ],
              },
            ],
          },
          { directory },
        ),
      )
      .tell('706-4711');
    expect(told.doubts).toEqual([]);
    const [task] = ofType(told, 'Task');
    expect(ofType(told, 'Task')).toMatchObject([
      {
        code: { coding: [{ code: 'CN' }] },
        executionPeriod: { start: '2026-07-20T10:00:00+01:00', end: '2026-07-24' },
        owner: { display: 'Community Social Work Team' },
        extension: [
          { valueCodeableConcept: { coding: [{ code: 'PRO-SUP' }] } },
          { valueReference: { display: 'Ms Ruth Levy' } },
        ],
      },
    ]);
    expect(ofType(told, 'EpisodeOfCare')).toMatchObject([
      {
        status: 'onhold',
        statusHistory: [{ status: 'active' }, { status: 'onhold' }],
        type: [{ coding: [{ code: 'HS' }], text: 'Home care package' }],
        managingOrganization: { display: 'Sample Home Care' },
        careManager: { display: 'Ms Ruth Levy' },
        extension: [{}, { valueReference: { reference: `Task/${task?.id}` } }],
      },
    ]);
    const [document] = ofType(told, 'DocumentReference');
    expect(Buffer.from(document?.content[0]?.attachment.data ?? '', 'base64').toString()).toBe(
      'Needs help with washing.',
    );
    for (const resource of told.resources) expect(checkStructure(resource).problems).toEqual([]);
  });

  it('is about a line without a reference when only one line of that kind began on that day', async () => {
    const event = { id: 'S-1', event: 'Service', status: 'onhold', start: '2026-08-03', name: 'Home care package' };
    const bare = { ...homeCare, 'Event Reference': 'NULL' };
    const told = await new Pieces().take(file([bare]), extension({ person, events: [event] })).tell('706-4711');
    expect(ofType(told, 'EpisodeOfCare')).toMatchObject([{ status: 'onhold', identifier: [{ value: '706-S-1' }] }]);
    const two = file([bare, { ...bare, 'Service Component': 'Meals' }]);
    const apart = await new Pieces().take(two, extension({ person, events: [event] })).tell('706-4711');
    expect(ofType(apart, 'EpisodeOfCare')).toHaveLength(3);
  });

  it('that its NHS number is not traced stays said when the return states the same number later (wrong patient)', async () => {
    const untraced = extension({ person: { ...person, nhsNumberStatus: '02' } }, { asAt: '2026-09-01T04:00:00Z' });
    const told = await new Pieces().take(untraced, file([homeCare])).tell('706-4711');
    expect(JSON.stringify(ofType(told, 'Patient')[0]?.identifier)).toContain('"code":"02"');
    const other = await new Pieces()
      .take(untraced, file([{ ...homeCare, 'NHS Number': '9990000026' }]))
      .tell('706-4711');
    expect(JSON.stringify(ofType(other, 'Patient')[0]?.identifier)).not.toContain('"code":"02"');
  });

  it('tells what the return has not yet: an open request, a review that is arranged', async () => {
    const told = await new Pieces()
      .take(
        extension({
          person,
          events: [
            {
              id: 'R-7',
              event: 'Request',
              status: 'open',
              start: '2026-09-30T09:00:00+01:00',
              reason: 'Request for Adaptation/Equipment',
              requester: 'Self',
            },
            { id: 'V-3', event: 'Review', status: 'planned', start: '2026-11-02T14:00:00+00:00', planned: true },
          ],
        }),
      )
      .tell('706-4711');
    expect(ofType(told, 'ServiceRequest')).toMatchObject([
      { status: 'active', reasonCode: [{ coding: [{ code: 'REQ-AE' }] }] },
    ]);
    expect(ofType(told, 'Task')).toMatchObject([{ status: 'accepted', code: { text: 'Care review: planned' } }]);
  });
});

it('a service of another kind that began on the same day is another service (false join)', async () => {
  const meals = { id: 'S-2', event: 'Service', status: 'open', start: '2026-08-03', kind: 'Meals' };
  const bare = { ...homeCare, 'Event Reference': 'NULL' };
  const told = await new Pieces().take(file([bare]), extension({ person, events: [meals] })).tell('706-4711');
  expect(new Set(ofType(told, 'EpisodeOfCare').map(({ type }) => type?.[0]?.text))).toEqual(
    new Set(['Home Support', 'Meals']),
  );
});

describe('a message of the extension that cannot be used', () => {
  it.each([
    ['is not JSON', '{'],
    ['is something else', '{"feed":"other"}'],
    [
      'is of a version to come',
      '{"feed":"social-care-extension","version":2,"council":"706","asAt":"2026-10-01T00:00:00Z","people":[]}',
    ],
  ])('because it %s', (_, text) => {
    expect(() => socialCareExtension.sort(messageOf(socialCareExtension, text))).toThrow(UnusableMessage);
  });

  it('one person without a number costs no other', () => {
    const message = extension({ person });
    const body = JSON.parse(new TextDecoder().decode(message.bytes)) as { people: unknown[] };
    const bytes = new TextEncoder().encode(JSON.stringify({ ...body, people: [{ person }, 7, ...body.people] }));
    const { pieces, doubts } = socialCareExtension.sort({ ...message, bytes });
    expect(pieces.map(({ subject }) => subject)).toEqual(['706-4711']);
    expect(doubts).toHaveLength(2);
  });

  it('whatever JSON it is, it is refused or taken with doubts, never with a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (entry, section) => {
        const message = extension({ alerts: section, person: entry });
        const pieces = new Pieces();
        const outcome = attempt(() => pieces.take(message));
        expect(outcome === undefined || outcome instanceof UnusableMessage).toBe(true);
        for (const subject of pieces.subjects()) await pieces.tell(subject);
      }),
    );
  });
});

/** What was thrown, if anything. */
function attempt(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

it('the directory is told for every reader, one broken entry apart', async () => {
  const broken = { ...directory, staff: [...directory.staff, { id: 'x' }] };
  const pieces = new Pieces().take(extension({ person }, { directory: broken }));
  expect(pieces.doubts).toEqual(['staff[1] is not as specified: not taken.']);
  const staff = await pieces.tell('', 'staff');
  expect(staff.resources.map(({ resourceType }) => resourceType)).toEqual(['Practitioner', 'PractitionerRole']);
  const places = await pieces.tell('', 'organisations');
  expect(places.resources).toMatchObject([{ name: 'Islington Council' }, { name: 'Community Social Work Team' }]);
  for (const resource of [...staff.resources, ...places.resources])
    expect(checkStructure(resource).problems).toEqual([]);
});
