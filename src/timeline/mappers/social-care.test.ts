import type { EpisodeOfCare, ServiceRequest, Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { from, onlyEntry } from '../testing.ts';
import { asCarer } from './carer.ts';

const council = from('liquidlogic', '706');

describe('a request to the council', () => {
  const request = (parts: Partial<ServiceRequest>): ServiceRequest => ({
    resourceType: 'ServiceRequest',
    id: 's1',
    meta: council,
    status: 'completed',
    intent: 'order',
    subject: { reference: 'Patient/p1' },
    occurrenceDateTime: '2026-11-02',
    authoredOn: '2026-11-03',
    reasonCode: [{ text: 'Help at home' }],
    requester: { reference: 'Organization/x', display: 'Killick Street Health Centre' },
    performer: [{ display: 'Adult Social Care Access Team' }],
    ...parts,
  });

  it('says what was asked for, by whom, of which team', () => {
    expect(onlyEntry([request({})])).toMatchObject({
      kind: 'care-request',
      lane: 'social-care',
      state: 'closed',
      title: 'Request for social care: help at home',
      detail: ['Asked for by: Killick Street Health Centre', 'Adult Social Care Access Team'],
      facts: ['closed'],
      start: { text: '2026-11-02' },
    });
  });

  it.each([
    ['active', 'open', 'open'],
    ['on-hold', 'open', 'On hold'],
    ['revoked', 'cancelled', 'withdrawn'],
    ['unknown', 'closed', 'Open or closed: not known'],
  ] as const)('that is %s', (status, state, fact) => {
    const entry = onlyEntry([request({ status })]);
    expect(entry.state).toBe(state);
    expect(entry.facts).toContain(fact);
  });

  it('never tells an allegation', () => {
    const entry = onlyEntry([
      request({ code: { text: 'Safeguarding referral' }, reasonCode: [{ text: 'Alleged financial abuse by son' }] }),
    ]);
    expect(entry.title).toBe('Request for social care: safeguarding concern');
    expect(JSON.stringify(entry.detail)).not.toMatch(/son|financial/i);
  });

  it('by the person or a relative names nobody', () => {
    const own = request({ requester: { reference: 'RelatedPerson/r', display: 'Grace Adeyemi' } });
    expect(onlyEntry([own]).detail[0]).toBe('Asked for by somebody close to the person');
  });

  it.each([
    ['Self', 'Asked for by the person'],
    ['Secondary Health (emergency department, hospital, ward)', 'Asked for by: secondary health'],
  ])('by the kind "%s" says "%s"', (text, words) => {
    const kind = {
      url: 'https://fhir.interweavedigital.nhs.uk/R4/StructureDefinition/Extension-Interweave-SocialCareRequesterType',
      valueCodeableConcept: { text },
    };
    expect(onlyEntry([request({ requester: undefined, extension: [kind] })]).detail[0]).toBe(words);
  });
});

describe('an assessment or review', () => {
  const task = (parts: Partial<Task>): Task => ({
    resourceType: 'Task',
    id: 't1',
    meta: council,
    status: 'completed',
    intent: 'order',
    code: { text: 'Care needs assessment' },
    executionPeriod: { start: '2026-11-04', end: '2026-11-09' },
    owner: { display: 'Hospital Discharge Team' },
    ...parts,
  });

  it('says who did it and when it was done', () => {
    expect(onlyEntry([task({})])).toMatchObject({
      kind: 'assessment',
      state: 'closed',
      title: 'Care needs assessment',
      detail: ['Hospital Discharge Team'],
      facts: ['done 09-Nov-2026'],
    });
  });

  it('of a carer says "As a carer" first (misreading 11)', () => {
    expect(onlyEntry([task({ code: { text: "Carer's assessment" } })]).facts[0]).toBe('As a carer');
  });

  it('as a review tells planned from unplanned', () => {
    const review = task({ code: { text: 'Care review' }, reasonCode: { text: 'Unplanned' } });
    expect(onlyEntry([review])).toMatchObject({ kind: 'review', title: 'Care review: unplanned' });
    expect(onlyEntry([{ ...review, reasonCode: { text: 'Planned' } }]).title).toBe('Care review: planned');
  });

  it.each<[string, Partial<Task>, string, string[]]>([
    ['under way', { status: 'in-progress', executionPeriod: { start: '2026-11-04' } }, 'open', ['started']],
    ['done on its day', { executionPeriod: { start: '2026-11-04', end: '2026-11-04' } }, 'closed', ['done']],
    ['arranged', { status: 'accepted', executionPeriod: { start: '2026-11-30' } }, 'planned', ['Arranged']],
    ['of a day gone by', { status: 'accepted', executionPeriod: { start: '2026-11-10' } }, 'unknown', []],
    ['cancelled', { status: 'cancelled' }, 'cancelled', []],
    ['refused', { status: 'rejected' }, 'cancelled', ['not accepted']],
    [
      'asked for only',
      { status: 'requested', executionPeriod: undefined, authoredOn: '2026-11-10' },
      'open',
      ['asked for, not started'],
    ],
    ['on hold', { status: 'on-hold', executionPeriod: undefined, authoredOn: '2026-11-10' }, 'open', ['On hold']],
  ])('that is %s', (_, parts, state, facts) => {
    expect(onlyEntry([task(parts)])).toMatchObject({ state, facts });
  });
});

describe('a service or package (misreading 12)', () => {
  const service = (parts: Partial<EpisodeOfCare>): EpisodeOfCare => ({
    resourceType: 'EpisodeOfCare',
    id: 'p1',
    meta: council,
    status: 'active',
    patient: { reference: 'Patient/p1' },
    type: [{ text: 'Home care package' }],
    period: { start: '2026-11-20' },
    managingOrganization: { display: 'Highbury Care' },
    ...parts,
  });

  it('is arranged, never delivered', () => {
    const entry = onlyEntry([service({})]);
    expect(entry).toMatchObject({
      kind: 'package',
      state: 'open',
      lasting: true,
      title: 'Home care package: arranged',
      detail: ['Highbury Care'],
      facts: ['active'],
    });
  });

  it('on hold says so and stays open', () => {
    expect(onlyEntry([service({ status: 'onhold' })])).toMatchObject({
      state: 'open',
      facts: ['On hold'],
    });
  });

  it.each<[string, Partial<EpisodeOfCare>, string, string[]]>([
    ['ended', { status: 'finished', period: { start: '2026-01-01', end: '2026-02-01' } }, 'closed', []],
    ['ended on a day nobody gave', { status: 'finished' }, 'closed', ['End date not recorded']],
    ['planned', { status: 'planned', period: { start: '2026-12-01' } }, 'planned', []],
    ['planned for a day gone by', { status: 'planned' }, 'unknown', ['Not known if it began']],
    [
      'past its planned end',
      { period: { start: '2026-01-01', end: '2026-02-01' } },
      'open',
      ['Planned end 01-Feb-2026 has passed, not recorded as ended'],
    ],
    ['cancelled', { status: 'cancelled' }, 'cancelled', []],
  ])('that is %s', (_, parts, state, cautions) => {
    expect(onlyEntry([service(parts)])).toMatchObject({ state, cautions });
  });

  it('without a status is open, and says that this is not known', () => {
    const unsaid = { ...service({}), status: undefined } as unknown as EpisodeOfCare;
    expect(onlyEntry([unsaid])).toMatchObject({
      state: 'open',
      cautions: ['Not known if still active, as at 22-Nov-2026 10:42'],
    });
  });
});

it.each([
  ["Carer's assessment", true],
  ['Carer Support: Direct to Carer', true],
  ['Social Support: Support to Carer', true],
  ['Assessment of an unpaid carer', true],
  ['Carers services', true],
  ['Home carer visit', false],
  ['Care needs assessment', false],
  ['Has carer', false],
  ['Is a carer', true],
  ['Is an unpaid carer', true],
  ['Carer of a person with dementia', true],
  ['Patient themselves providing care', true],
  ['Has a carer for washing and dressing', false],
  ['Needs a carer for meals', false],
])('%s: as a carer is %s', (words, expected) => {
  expect(asCarer(words)).toBe(expected);
  expect(asCarer(undefined)).toBe(false);
});
