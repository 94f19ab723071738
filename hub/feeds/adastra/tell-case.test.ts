import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../fhir/validate.ts';
import {
  caseGuid,
  caseXml,
  exported,
  only,
  patientXml,
  phoned,
  reported,
  reportXml,
  toldOf,
  visited,
  wordsOf,
} from './testing.ts';

const call = `${caseGuid}-call`;
const visit = `${caseGuid}-20261120T2130`;

describe('a case as Adastra exports it', () => {
  it('is a call and a visit that belong together, each with who, where, why and what came of it', async () => {
    const told = await toldOf(exported(caseXml()));
    const [first, second] = only(told, 'Encounter');
    expect(first).toMatchObject({
      id: call,
      status: 'finished',
      class: { code: 'VR' },
      type: [{ text: 'Out-of-hours call' }, { text: 'Base appointment' }],
      period: { start: '2026-11-20T20:16:00+00:00', end: '2026-11-20T20:27:00+00:00' },
      reasonCode: [{ text: 'Fever' }],
      participant: [{ type: [{ text: 'Advisor' }], individual: { display: 'Kit Sample' } }],
      serviceProvider: { reference: 'Organization/XLCW1' },
    });
    expect(first).not.toHaveProperty('partOf');
    expect(second).toMatchObject({
      id: visit,
      class: { code: 'AMB' },
      partOf: { reference: `Encounter/${call}` },
      location: [{ location: { display: 'Invented Base' }, physicalType: { coding: [{ code: 'D02' }] } }],
      reasonCode: [{ coding: [{ system: 'http://snomed.info/sct', code: '386661006' }], text: 'Fever' }],
      extension: [{ valueCodeableConcept: { text: 'GP to follow up' } }],
      priority: { text: '2 hours' },
    });
    const cases = (encounter: typeof first) =>
      encounter?.identifier?.filter(({ system }) => system?.includes('case')).map(({ value }) => value);
    expect(cases(first)).toEqual(['XLCW1-41001', `XLCW1-${caseGuid}`]);
    expect(cases(second)).toEqual(cases(first));
    expect(told.doubts).toEqual([]);
  });

  it('keeps every word of the notes with its own contact, to be read in place', async () => {
    const told = await toldOf(exported(caseXml({ questions: '<questions>Breathless? No &lt;script&gt;</questions>' })));
    const documents = only(told, 'DocumentReference');
    expect(documents.map(({ id, context }) => [id, context?.encounter?.[0]?.reference])).toEqual([
      [`${caseGuid}-case`, `Encounter/${call}`],
      [`${call}-notes`, `Encounter/${call}`],
      [`${visit}-notes`, `Encounter/${visit}`],
    ]);
    expect(wordsOf(documents[0])).toContain('<p>Breathless? No &lt;script&gt;</p>');
    expect(wordsOf(documents[1])).toContain('<p>Fever since this morning.</p><p>Drinking well.</p>');
    expect(wordsOf(documents[2])).toContain('<h2>Medical history</h2><p>Asthma</p>');
    expect(wordsOf(documents[2])).toContain('Fever (SNOMED CT 386661006)');
  });

  it('that waits for triage is an open contact, and its status is what Adastra says', async () => {
    const open = (status: string) =>
      caseXml({ caseStatus: `<caseStatus>${status}</caseStatus>`, completedDate: '', consultations: '' });
    const status = async (text: string) =>
      only(await toldOf(exported(text)), 'Encounter').map((found) => [found.id, found.status]);
    expect(await status(open('NEW'))).toEqual([[call, 'arrived']]);
    expect(await status(open('TRIAGE'))).toEqual([[call, 'triaged']]);
    expect(await status(open('HELD'))).toEqual([[call, 'unknown']]);
    expect((await toldOf(exported(open('NEW')))).doubts).toEqual([]);
    expect((await toldOf(exported(open('HELD')))).doubts).toEqual([
      'A case status that the hub does not know: told as not known',
    ]);
  });

  it('raised long before anybody was seen has a call of its own; a person who walked in has none', async () => {
    const kinds = async (text: string) =>
      only(await toldOf(exported(text)), 'Encounter').map((found) => [found.id, found.class.code]);
    expect(await kinds(caseXml({ consultations: visited }))).toEqual([
      [call, 'VR'],
      [visit, 'AMB'],
    ]);
    const walkedIn = caseXml({ consultations: visited, activeDate: '<activeDate>2026-11-20T21:25:00</activeDate>' });
    expect(await kinds(walkedIn)).toEqual([[visit, 'AMB']]);
  });

  it('at home is a visit at home, and the address is nowhere in it', async () => {
    const told = await toldOf(exported(caseXml({ consultations: visited.replace('Invented Base', 'Home visit') })));
    const home = only(told, 'Encounter').find(({ id }) => id === visit);
    expect(home).toMatchObject({ class: { code: 'HH' }, location: [{ location: { display: "Person's home" } }] });
    expect(JSON.stringify(home)).not.toContain('Invented Row');
  });

  it('tells special notes until their review date, and an appointment as far as it is known (misreadings 2 and 6)', async () => {
    const note = '<specialNote><reviewDate>2027-01-31</reviewDate><text>Key safe by the door</text></specialNote>';
    const appointment = (status: string) =>
      `<latestAppointment><appointmentTime>2026-11-20T21:30:00</appointmentTime><location>Invented Base</location><status>${status}</status></latestAppointment>`;
    const told = await toldOf(
      exported(caseXml({ specialNote: note + note, latestAppointment: appointment('Arrived') })),
    );
    expect(only(told, 'Flag')).toMatchObject([
      {
        status: 'active',
        category: [{ text: 'Special note' }],
        code: { text: 'Key safe by the door' },
        period: { start: '2026-11-20', end: '2027-01-31' },
      },
    ]);
    expect(only(told, 'Appointment')).toMatchObject([
      { id: `${caseGuid}-appointment`, status: 'arrived', start: '2026-11-20T21:30:00+00:00' },
    ]);
    const kept = only(told, 'Encounter').find(({ id }) => id === visit);
    expect(kept?.appointment).toEqual([{ reference: `Appointment/${caseGuid}-appointment` }]);
    for (const [said, status] of [
      ['None', 'booked'],
      ['DidNotAttend', 'noshow'],
      ['Cancelled', 'cancelled'],
    ] as const) {
      const alone = await toldOf(exported(caseXml({ consultations: phoned, latestAppointment: appointment(said) })));
      expect(only(alone, 'Appointment')[0]?.status).toBe(status);
    }
  });

  it('keeps the code of a door from everybody who reads the case, and loses it nowhere (leaked record)', async () => {
    const note = '<specialNote><reviewDate>2027-01-31</reviewDate><text>Key safe:\n4711</text></specialNote>';
    const comments = '<comments>Daughter rang.\nThe gate has a key pad:\n0815</comments>';
    const told = await toldOf(
      exported(
        caseXml({
          specialNote: note,
          presentingCondition: `<presentingCondition><symptoms>Fever</symptoms>${comments}</presentingCondition>`,
        }),
      ),
      reported(
        reportXml({
          sections: `<component><section><title>Special Patient Notes</title><text>Key safe 2468</text></section></component>`,
        }),
      ),
    );
    const isRestricted = (resource: (typeof told.resources)[number]) => resource.meta?.security?.[0]?.code === 'R';
    const codes = ['4711', '0815', '2468'];
    const open = told.resources.filter((resource) => !isRestricted(resource));
    const words = open.map(
      (resource) => JSON.stringify(resource) + wordsOf(only({ resources: [resource] }, 'DocumentReference')[0]),
    );
    for (const code of codes) expect(words.filter((text) => text.includes(code))).toEqual([]);
    expect(words.join(' ')).toContain('Daughter rang.');
    expect(words.join(' ')).toContain('Held back here');
    const held = JSON.stringify(told.resources.filter(isRestricted));
    for (const code of codes) expect(held).toContain(code);
  });

  it('past its review date a note is no longer in force', async () => {
    const note = '<specialNote><reviewDate>2026-10-01</reviewDate><text>Dog</text></specialNote>';
    const [flag] = only(await toldOf(exported(caseXml({ specialNote: note }))), 'Flag');
    expect(flag).toMatchObject({ status: 'inactive', period: { end: '2026-10-01' } });
    expect(flag?.period).not.toHaveProperty('start');
  });

  it('with times that cannot be read is told all the same, undated and with a doubt', async () => {
    const odd = visited.replace('2026-11-20T21:30:00', '2026-13-45T21:30:00').replace('2026-11-20T21:52:00', 'soon');
    const told = await toldOf(exported(caseXml({ consultations: phoned + odd })));
    const undated = only(told, 'Encounter').find(({ id }) => id === `${caseGuid}-undated`);
    expect(undated).toBeDefined();
    expect(undated).not.toHaveProperty('period');
    expect(told.doubts).toContain('A date that cannot be read');
  });
});

describe('a 111 report of the call', () => {
  it('is a 111 call with its disposition, and the report is read in it section by section', async () => {
    const told = await toldOf(reported(reportXml()));
    expect(only(told, 'Encounter')).toMatchObject([
      {
        id: call,
        class: { code: '111' },
        type: [{ text: 'NHS 111 call' }],
        period: { start: '2026-11-20T20:15:12+00:00', end: '2026-11-20T20:27:00+00:00' },
        reasonCode: [{ text: 'Fever & cough' }],
        participant: [{ individual: { display: 'Kit Sample' } }],
        extension: [
          { valueCodeableConcept: { coding: [{ code: 'Dx05' }], text: 'To contact a local service within 2 hours' } },
        ],
        serviceProvider: { reference: 'Organization/XLCW1', display: 'Invented Urgent Care' },
      },
    ]);
    const [report] = only(told, 'DocumentReference');
    expect(wordsOf(report)).toContain('<h2>Advice Given</h2><p>Rest.</p><p>Ring back if worse.</p>');
    expect(wordsOf(report)).toContain('<p>Information from: Lee Example, Relative</p>');
    expect(told.doubts).toEqual([]);
  });

  it('tells special patient notes; that there were none at that call is no statement for today', async () => {
    const noted = (text: string) =>
      reportXml({
        sections: `<component><section><title>Special Patient Notes</title><text>${text}</text></section></component>`,
      });
    expect(only(await toldOf(reported(noted('Lives alone.<br/>Key safe.'))), 'Flag')).toMatchObject([
      { status: 'active', code: { text: 'Lives alone. Key safe.' }, period: { start: '2026-11-20' } },
    ]);
    expect(only(await toldOf(reported(noted('None recorded'))), 'Flag')).toEqual([]);
    expect(only(await toldOf(reported(noted('No access after dark.'))), 'Flag')).toHaveLength(1);
  });

  it('that is restricted, or shared without consent, is labelled with all that comes of it (leaked record)', async () => {
    for (const odd of [{ confidentiality: 'R' }, { consent: '310375005' }]) {
      const told = await toldOf(reported(reportXml(odd)));
      for (const resource of told.resources) {
        const labels = resource.meta?.security?.map(({ code }) => code);
        expect(labels, resource.resourceType).toEqual(resource.resourceType === 'Patient' ? undefined : ['R']);
      }
    }
    const both = await toldOf(reported(reportXml({ confidentiality: 'V' })), exported(caseXml()));
    const open = both.resources.filter(({ meta }) => meta?.security?.[0]?.code !== 'V');
    expect(open.map(({ resourceType }) => resourceType)).toEqual(['Patient']);
    const known = await toldOf(reported(reportXml({ confidentiality: 'PECULIAR' })));
    expect(only(known, 'Encounter')[0]?.meta?.security?.[0]?.code).toBe('PECULIAR');
  });

  it('replaced by a newer version is told once, as it now stands', async () => {
    const newer = reportXml({ written: '20261120203000+00', title: 'NHS 111 Report, amended' });
    for (const order of [
      [reportXml(), newer],
      [newer, reportXml()],
    ]) {
      const told = await toldOf(...order.map(reported));
      expect(only(told, 'DocumentReference').map(({ description }) => description)).toEqual([
        'NHS 111 Report, amended',
      ]);
    }
    const other = reportXml({
      id: '0F000000-0000-4000-8000-000000000002',
      written: '20261120204000+00',
      related: `<relatedDocument typeCode="RPLC"><parentDocument><setId root="0F000000-0000-4000-8000-000000000001"/></parentDocument></relatedDocument>`,
    });
    expect(only(await toldOf(reported(other), reported(reportXml())), 'DocumentReference')).toHaveLength(1);
  });

  it('of a repeat caller brings the earlier calls, each a case of its own', async () => {
    const earlier = reportXml({
      guid: '6D0B5E0C-1F5E-4B6A-9C7E-0A1B2C3D4E5F',
      id: '0F000000-0000-4000-8000-000000000003',
      low: '20261101101500+00',
    });
    const bare = (text: string) => text.replace(/^<\?xml[^>]*>/, '');
    const envelope = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><itk:DistributionEnvelope xmlns:itk="urn:nhs-itk:ns:201005">
      <itk:payloads>${[reportXml(), earlier].map((text) => `<itk:payload>${bare(text)}</itk:payload>`).join('')}</itk:payloads></itk:DistributionEnvelope></s:Body></s:Envelope>`;
    const told = await toldOf(reported(envelope));
    expect(told.subjects).toHaveLength(2);
    expect(only(told, 'Encounter').map(({ class: { code } }) => code)).toEqual(['111', '111']);
  });
});

describe('a call told by the report and by the export of its case', () => {
  it('is one call with both texts, whichever came first', async () => {
    const both = [exported(caseXml()), reported(reportXml())];
    const told = await toldOf(...both);
    expect(only(told, 'Encounter').map(({ id, class: { code } }) => [id, code])).toEqual([
      [call, '111'],
      [visit, 'AMB'],
    ]);
    expect(
      only(told, 'DocumentReference').filter(
        ({ context }) => context?.encounter?.[0]?.reference === `Encounter/${call}`,
      ),
    ).toHaveLength(3);
    const { resources } = await toldOf(...both.toReversed());
    expect(resources).toEqual(told.resources);
  });

  it('is two calls where the times say so: a doctor rang back later (false join)', async () => {
    const later = phoned.replaceAll('T20:', 'T22:');
    const told = await toldOf(reported(reportXml()), exported(caseXml({ consultations: later })));
    expect(only(told, 'Encounter').map(({ id, partOf }) => [id, partOf?.reference])).toEqual([
      [call, undefined],
      [`${caseGuid}-20261120T2216`, `Encounter/${call}`],
    ]);
  });

  it('is one call in the hour that repeats in autumn, at the time of the telling that states its zone', async () => {
    const repeated = phoned.replaceAll('2026-11-20T20', '2026-10-25T01');
    const inExport = caseXml({ consultations: repeated, activeDate: '<activeDate>2026-10-25T01:15:00</activeDate>' });
    for (const [zone, offset] of [
      ['+0000', '+00:00'],
      ['+0100', '+01:00'],
    ]) {
      const report = reportXml({ low: `20261025011600${zone}`, high: `20261025012700${zone}` });
      const told = await toldOf(reported(report), exported(inExport));
      expect(only(told, 'Encounter').map(({ period }) => period?.start)).toEqual([`2026-10-25T01:16:00${offset}`]);
    }
    expect((await toldOf(exported(inExport))).doubts).toContain(
      'A time in the hour that the clocks repeat: read as its first occurrence',
    );
  });

  it('is sound FHIR in every part', async () => {
    const note = '<specialNote><reviewDate>2027-01-31</reviewDate><text>Key safe</text></specialNote>';
    const told = await toldOf(exported(caseXml({ specialNote: note })), reported(reportXml({ confidentiality: 'R' })));
    for (const resource of told.resources)
      expect(checkStructure(resource), resource.resourceType).toEqual({ problems: [], remarks: [] });
  });
});

describe('an export that is told again', () => {
  it('late never takes the place of a newer one (silent gap)', async () => {
    const early = caseXml({ caseStatus: '<caseStatus>NEW</caseStatus>', completedDate: '', consultations: '' });
    const half = caseXml({ caseStatus: '<caseStatus>TRIAGE</caseStatus>', completedDate: '', consultations: phoned });
    const whole = await toldOf(exported(caseXml()));
    for (const order of [
      [early, half, caseXml()],
      [caseXml(), half, early],
      [half, caseXml(), early, half],
    ]) {
      expect((await toldOf(...order.map(exported))).resources).toEqual(whole.resources);
    }
  });

  it('mended after the case was completed is believed: what was taken out is gone', async () => {
    const told = await toldOf(exported(caseXml()), exported(caseXml({ consultations: phoned })));
    expect(only(told, 'Encounter').map(({ id }) => id)).toEqual([call]);
  });

  it('with another consultation before the others leaves those as they were', async () => {
    const more = phoned.replaceAll('T20:', 'T20:').replace('20:16:00', '20:50:00').replace('20:27:00', '20:55:00');
    const told = await toldOf(exported(caseXml({ consultations: visited + more + phoned })));
    expect(only(told, 'Encounter').map(({ id }) => id)).toEqual([call, `${caseGuid}-20261120T2050`, visit]);
  });
});

describe('whom a case is about', () => {
  it('is a record of its own for every case, so that one unconfirmed number never makes two cases one person', async () => {
    const unconfirmed = patientXml((text) => text.replace('Confirmed', 'Unconfirmed'));
    const other = patientXml((text) =>
      text.replace('Confirmed', 'Unconfirmed').replace('Rosa', 'Bela').replace('1948', '1990'),
    );
    const told = await toldOf(
      exported(caseXml({ patient: unconfirmed })),
      exported(
        caseXml({
          patient: other,
          adastraCaseReference: '<adastraCaseReference>7D0B5E0C-1F5E-4B6A-9C7E-0A1B2C3D4E5F</adastraCaseReference>',
        }),
      ),
    );
    expect(told.subjects).toHaveLength(2);
  });
});
