import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../fhir/validate.ts';
import { assessment, extension, file, homeCare, ida, ofType, Pieces, type Line } from './testing.ts';

const request: Line = {
  ...ida,
  'Event Type': 'Request',
  'Event Reference': 'R-1',
  'Event Start Date': '13/07/2026',
  'Event End Date': '13/07/2026',
  'Event Outcome': 'Progress to Assessment',
  'Request: Route of Access': 'Discharge from Hospital',
};
const review: Line = {
  ...ida,
  'Event Type': 'Review',
  'Event Start Date': '2026-09-14',
  'Event End Date': '2026-09-14',
  'Event Outcome': 'No change in package',
  'Review Reason': 'Planned',
};

describe('what the return says of Ida', () => {
  it('is a request, an assessment, home care that goes on and a review, never an Encounter', async () => {
    const told = await new Pieces().take(file([request, assessment, homeCare, review])).tell('706-4711');
    expect(told.doubts).toEqual([]);
    expect(told.resources.map(({ resourceType }) => resourceType)).not.toContain('Encounter');
    expect(ofType(told, 'ServiceRequest')).toMatchObject([
      {
        status: 'completed',
        occurrenceDateTime: '2026-07-13',
        reasonCode: [{ coding: [{ code: 'HD', display: 'Hospital Discharge' }], text: 'Discharge from Hospital' }],
        orderDetail: [{ text: 'Led to: Progress to Assessment' }],
      },
    ]);
    expect(
      ofType(told, 'Task')
        .sort((a, b) => (a.code?.text ?? '').localeCompare(b.code?.text ?? ''))
        .reverse(),
    ).toMatchObject([
      {
        status: 'completed',
        identifier: [{ value: '706-A-1' }],
        code: { text: 'Long term assessment' },
        executionPeriod: { start: '2026-07-20', end: '2026-07-24' },
        extension: [{ valueCodeableConcept: { coding: [{ code: 'PRO-SUP' }] } }],
      },
      { status: 'completed', code: { text: 'Care review: planned' } },
    ]);
    expect(ofType(told, 'EpisodeOfCare')).toMatchObject([
      {
        status: 'active',
        period: { start: '2026-08-03' },
        type: [{ coding: [{ code: 'HS' }], text: 'Home Support' }],
        extension: [{ valueCodeableConcept: { coding: [{ code: 'LTS-C' }] } }],
        managingOrganization: { display: 'Sample Home Care' },
      },
    ]);
    expect(ofType(told, 'Condition')).toMatchObject([
      { clinicalStatus: { coding: [{ code: 'active' }] }, code: { coding: [{ code: 'PS-PCS' }] } },
    ]);
    expect(ofType(told, 'Patient')).toMatchObject([
      { id: '706-4711', birthDate: '1941-05-06', gender: 'female', name: [{ family: 'Quill', given: ['Ida'] }] },
    ]);
  });

  it('is sound FHIR R4', async () => {
    const told = await new Pieces().take(file([request, assessment, homeCare, review])).tell('706-4711');
    for (const resource of told.resources) expect(checkStructure(resource)).toEqual({ problems: [], remarks: [] });
  });

  it('a service has ended once its end has come, and not before', async () => {
    const ended = { ...homeCare, 'Event End Date': '2026-09-20' };
    const ending = { ...homeCare, 'Event Reference': 'S-2', 'Event End Date': '2026-12-24' };
    const told = await new Pieces().take(file([ended, ending])).tell('706-4711');
    expect(ofType(told, 'EpisodeOfCare').map(({ status, period }) => [status, period?.end])).toEqual(
      expect.arrayContaining([
        ['finished', '2026-09-20'],
        ['active', '2026-12-24'],
      ]),
    );
  });

  it('a direct payment is said with the service, and that the council commissions it is not', async () => {
    const texts = async (mechanism: string) => {
      const told = await new Pieces().take(file([{ ...homeCare, 'Delivery Mechanism': mechanism }])).tell('706-4711');
      return ofType(told, 'EpisodeOfCare')[0]?.type?.map(({ text }) => text);
    };
    expect(await texts('Direct Payment')).toEqual(['Home Support', 'Direct Payment']);
    expect(await texts('CASSR Commissioned Support')).toEqual(['Home Support']);
  });

  it('a route of access that is no reason is not told as one', async () => {
    const other = { ...request, 'Request: Route of Access': 'Community/Other route' };
    const told = await new Pieces().take(file([other])).tell('706-4711');
    expect(ofType(told, 'ServiceRequest')[0]?.reasonCode).toBeUndefined();
    expect(ofType(told, 'ServiceRequest')[0]?.category).toEqual([{ text: 'Community/Other route' }]);
  });

  it('a request that came to nothing says so in words', async () => {
    const declined = { ...request, 'Event Outcome': 'NFA - Support declined' };
    const told = await new Pieces().take(file([declined])).tell('706-4711');
    expect(ofType(told, 'ServiceRequest')[0]?.orderDetail).toEqual([{ text: 'No further action - Support declined' }]);
  });

  it('a service whose end is in 9999 has none', async () => {
    const told = await new Pieces().take(file([{ ...homeCare, 'Event End Date': '9999-12-31' }])).tell('706-4711');
    expect(ofType(told, 'EpisodeOfCare')).toMatchObject([{ status: 'active', period: { start: '2026-08-03' } }]);
    expect(ofType(told, 'EpisodeOfCare')[0]?.period?.end).toBeUndefined();
  });

  it('a date that no calendar has is left out with a doubt, and the event is told', async () => {
    const told = await new Pieces().take(file([{ ...homeCare, 'Event Start Date': '2026-13-03' }])).tell('706-4711');
    expect(ofType(told, 'EpisodeOfCare')[0]?.period).toBeUndefined();
    expect(told.doubts).toEqual(['Service with a date of its start that cannot be read: told without it.']);
  });

  it('words of the second release mean what those of the first did, and stay as they are written', async () => {
    const second = {
      ...homeCare,
      'Service Type': 'Long term support: community',
      'Service Component': 'Home support',
      'Primary Support Reason': 'Physical support: personal care support',
    };
    for (const reference of ['S-1', 'NULL']) {
      const first = { ...homeCare, 'Event Reference': reference, 'Event Start Date': '03/08/2026' };
      const again = file([{ ...second, 'Event Reference': reference }], { seq: 2, label: 'second' });
      const told = await new Pieces().take(file([first]), again).tell('706-4711');
      expect(ofType(told, 'EpisodeOfCare')).toMatchObject([
        { type: [{ coding: [{ code: 'HS' }], text: 'Home support' }] },
      ]);
      expect(ofType(told, 'Condition')).toHaveLength(1);
    }
  });

  it('the code of her key safe in a description is told with a mark that keeps it from everybody', async () => {
    const told = await new Pieces()
      .take(file([{ ...homeCare, 'Event Description': 'Four calls a day, key safe 4471' }, assessment]))
      .tell('706-4711');
    expect(ofType(told, 'EpisodeOfCare')[0]?.meta?.security?.[0]?.code).toBe('R');
    expect(ofType(told, 'Task')[0]?.meta).toBeUndefined();
  });
});

describe('how Ida lives', () => {
  it('is told as the council knows it, never as a diagnosis; what is unknown is not told', async () => {
    const told = await new Pieces().take(file([{ ...homeCare, 'Has Unpaid Carer': 'Yes' }])).tell('706-4711');
    expect(ofType(told, 'Observation')).toMatchObject([{ code: { text: 'Has an unpaid carer' }, valueString: 'Yes' }]);
    const unknown = await new Pieces().take(file([{ ...homeCare, 'Has Unpaid Carer': 'Unknown' }])).tell('706-4711');
    expect(ofType(unknown, 'Observation')).toEqual([]);
  });
});

describe('a line filed under another person’s number (wrong patient)', () => {
  it('is not told when two of NHS number, birth date and first name are another’s, and the operator hears of it', async () => {
    const stranger = { ...assessment, 'First Name': 'Otto', 'Date of Birth': '1970-02-02' };
    const told = await new Pieces().take(file([homeCare, stranger])).tell('706-4711');
    expect(ofType(told, 'Task')).toEqual([]);
    expect(told.doubts).toHaveLength(1);
    expect(told.doubts[0]).not.toMatch(/otto|1970/i);
  });

  it('is the extension’s where both feeds name different people under one number: the later one is told', async () => {
    const other = { names: [{ family: 'Vane', given: ['Otto'] }], birthDate: '1970-02-02', nhsNumber: '9990000026' };
    const alerts = [{ id: 'a', kind: 'other', text: 'Lives alone' }];
    const later = await new Pieces().take(file([homeCare]), extension({ person: other, alerts })).tell('706-4711');
    expect([ofType(later, 'EpisodeOfCare'), ofType(later, 'Flag').length]).toEqual([[], 1]);
    const before = extension({ person: other, alerts }, { asAt: '2026-09-01T04:00:00Z' });
    const earlier = await new Pieces().take(file([homeCare]), before).tell('706-4711');
    expect([ofType(earlier, 'EpisodeOfCare').length, ofType(earlier, 'Flag')]).toEqual([1, []]);
    expect(ofType(earlier, 'Patient')[0]?.name?.[0]?.family).toBe('Quill');
    expect([later.doubts.length, earlier.doubts.length]).toEqual([1, 1]);
  });

  it('a corrected NHS number or birth date alone is a correction', async () => {
    const corrected = { ...assessment, 'NHS Number': '9990000026' };
    const told = await new Pieces().take(file([homeCare, corrected])).tell('706-4711');
    expect(ofType(told, 'Task')).toHaveLength(1);
  });
});

describe('a carer (false join)', () => {
  const carer: Line = {
    ...ida,
    'NHS Number': '9990000034',
    'LA Person Unique Identifier': '5002',
    'First Name': 'Noel',
    'Last Name': 'Quill',
    'Date of Birth': '1966-01-02',
    'Client Type': 'Carer',
    'Primary Support Reason': 'Social Support: Support to Carer',
    'Event Type': 'Assessment',
    'Event Reference': 'A-1',
    'Event Start Date': '2026-07-20',
    'Event End Date': '2026-07-21',
    'Assessment Type': 'Long term assessment',
    'Total Hrs Caring per week': '20-34',
    'Adult 1 Linked Person_ID': '4711',
  };

  it('has the assessment in his own record, as a carer, and the person he cares for has nothing of it', async () => {
    const pieces = new Pieces().take(file([homeCare, carer]));
    const his = await pieces.tell('706-5002');
    expect(ofType(his, 'Task')).toMatchObject([
      {
        for: { reference: 'Patient/706-5002' },
        reasonCode: { text: 'Carer' },
        note: [{ text: 'Hours of caring a week: 20-34' }],
      },
    ]);
    expect(ofType(await pieces.tell('706-4711'), 'Task')).toEqual([]);
  });

  it('nothing in his record names the person he cares for', async () => {
    const his = await new Pieces().take(file([homeCare, carer])).tell('706-5002');
    expect(JSON.stringify(his.resources)).not.toMatch(/4711|ida/i);
  });

  it('being supported as a carer does not end what he is supported for himself', async () => {
    const own: Line = {
      ...homeCare,
      'LA Person Unique Identifier': '5002',
      'NHS Number': '9990000034',
      'First Name': 'Noel',
      'Date of Birth': '1966-01-02',
      'Primary Support Reason': 'Mental Health Support',
      'Event Start Date': '2026-07-01',
    };
    const his = await new Pieces().take(file([own, carer])).tell('706-5002');
    expect(ofType(his, 'Condition').map(({ clinicalStatus }) => clinicalStatus?.coding?.[0]?.code)).toEqual([
      'active',
      'active',
    ]);
  });

  it('who is known by association only has a record without events', async () => {
    const known = {
      ...carer,
      'Client Type': 'Carer known by association',
      'Event Type': 'NULL',
      'Event Reference': 'NULL',
    };
    const told = await new Pieces()
      .take(file([{ ...known, 'Event Start Date': 'NULL', 'Event End Date': 'NULL' }]))
      .tell('706-5002');
    expect(ofType(told, 'Patient')).toHaveLength(1);
    expect([...ofType(told, 'Task'), ...ofType(told, 'EpisodeOfCare'), ...ofType(told, 'ServiceRequest')]).toEqual([]);
    expect(told.doubts).toEqual([]);
  });

  it('a joint assessment under one reference is two events in two records', async () => {
    const pieces = new Pieces().take(file([assessment, carer]));
    const [hers] = ofType(await pieces.tell('706-4711'), 'Task');
    const [his] = ofType(await pieces.tell('706-5002'), 'Task');
    expect(hers?.id).not.toBe(his?.id);
  });
});
