import { describe, expect, it } from 'vitest';
import { nhsNumberSystem } from '../../../fhir/systems.ts';
import { carecast } from '../carecast/dialect.ts';
import { systemC } from '../system-c/dialect.ts';
import type { Dialect } from './dialect.ts';
import { identityOf } from './identity.ts';
import { readText } from './message.ts';

const identify = (fields: string, dialect: Dialect = systemC, organisation = 'RKE') => {
  const pid = readText(`MSH|^~\\&\rPID|1|${fields}`).first('PID');
  return identityOf(pid!, organisation, dialect);
};
const statusIn = ({ identifiers }: ReturnType<typeof identify>) =>
  identifiers.map(({ system, value, extension }) => [
    system === nhsNumberSystem ? 'nhs' : 'other',
    value,
    extension?.[0]?.valueCodeableConcept?.coding?.[0]?.code,
  ]);

describe('whom a PID is about', () => {
  it.each<[string, string, Dialect]>([
    ['ITK, bare', '|44120^^^RKE^MR~9990000018^^^NHS', systemC],
    ['PKB', '|9990000018^^^NHS^NH~44120^^^RKE^MR', systemC],
    ['in the manner of Cerner', '44120^^^RRV^MRN|44120^^^RRV^MRN~9990000018^^^NHSNBR^NHSNMBR', carecast],
    ['with spaces', '|44120^^^RKE^MR~999 000 0018^^^NHS^NH', systemC],
  ])('finds the hospital’s own number and the NHS number: %s', (_what, fields, dialect) => {
    const organisation = dialect === carecast ? 'RRV' : 'RKE';
    const identity = identify(fields, dialect, organisation);
    expect([identity.subject, identity.doubts]).toEqual(['44120', []]);
    expect(statusIn(identity)).toEqual([
      ['nhs', '9990000018', undefined],
      ['other', `${organisation}-44120`, undefined],
    ]);
  });

  it.each([
    ['PID-32', `|44120^^^RKE^MR~9990000018^^^NHS^NH${'|'.repeat(29)}02`, '02'],
    ['a suffix of the type', '|44120^^^RKE^MR~9990000018^^^NHS^NH{status:02}', '02'],
    ['a suffix that says verified', '|44120^^^RKE^MR~9990000018^^^NHS^NH{status:01}', '01'],
    ['a status nobody knows, which is not verified', '|44120^^^RKE^MR~9990000018^^^NHS^NH{status:77}', '03'],
    [
      'a word of another table, which says nothing of it',
      `|44120^^^RKE^MR~9990000018^^^NHS^NH${'|'.repeat(29)}ED`,
      undefined,
    ],
  ])('the NHS number keeps its status, as stated in %s', (_what, fields, status) => {
    expect(statusIn(identify(fields))[0]).toEqual(['nhs', '9990000018', status]);
  });

  it.each(['9990000019', '3333333333', '12345'])(
    '%s is no NHS number: a wrong check digit, one digit ten times, too short',
    (number) => {
      const identity = identify(`|44120^^^RKE^MR~${number}^^^NHS^NH`);
      expect(statusIn(identity)).toEqual([['other', 'RKE-44120', undefined]]);
      expect(identity.doubts).toEqual(['An NHS number that cannot be one: not taken']);
    },
  );

  it('of two NHS numbers neither is taken: one is somebody else’s', () => {
    const identity = identify('|44120^^^RKE^MR~9990000018^^^NHS^NH~9990000026^^^NHS^NH');
    expect(statusIn(identity)).toEqual([['other', 'RKE-44120', undefined]]);
    expect(identity.doubts).toEqual(['Two different NHS numbers for one person: neither is taken']);
  });

  it('of two hospitals’ numbers its own is the subject, the other is kept with its owner', () => {
    const identity = identify('|81000^^^RRV^MR~44120^^^RKE^MR');
    expect(identity.subject).toBe('44120');
    expect(identity.identifiers).toContainEqual({ value: '81000', assigner: { display: 'RRV' } });
  });

  it('a bare number, with neither type nor owner, is that of the hospital whose system sends it', () => {
    for (const fields of ['|44120', '44120', '|44120~9990000018^^^NHS^NH']) {
      const identity = identify(fields);
      expect([identity.subject, identity.doubts]).toEqual(['44120', []]);
      expect(statusIn(identity)).toContainEqual(['other', 'RKE-44120', undefined]);
    }
  });

  it('another hospital’s number alone is never taken for its own', () => {
    const identity = identify('|81000^^^RRV^MR~9990000018^^^NHS^NH');
    expect([identity.subject, identity.doubts]).toEqual([
      'nhs-9990000018',
      ['No number of RKE’s own: known by NHS number'],
    ]);
    expect(identify('|81000^^^RRV^MR').subject).toBeUndefined();
  });

  it('without a number of its own the person is known by the NHS number, without any by nothing', () => {
    expect(identify('|9990000018^^^NHS').subject).toBe('nhs-9990000018');
    expect(identify('|9990000019^^^NHS').subject).toBeUndefined();
    expect(identify('|""').subject).toBeUndefined();
  });
});
