import * as fc from 'fast-check';
import type { DiagnosticReport, DocumentReference, Observation, Specimen } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../fhir/validate.ts';
import { UnusableMessage } from '../format.ts';
import { tellMessages } from './testing.ts';

let sent = 0;

/** An ORU of the Whittington's laboratory about Grace Okafor; `at` is MSH-7. */
function oru(at: string, ...lines: string[]): string {
  sent += 1;
  return [
    `MSH|^~\\&|WINPATH|RKE|ROUTE|RKE|${at}||ORU^R01|LAB${sent}|P|2.3`,
    'PID|1||44120^^^RKE^MR~9990000018^^^NHS^NH||Okafor^Grace||19480312|2',
    `PV1|1|I|RKE^COYLE${'|'.repeat(16)}2139^^^VISITID`,
    ...lines,
  ].join('\r');
}

/** OBR of kidney function, number L900; `status` is OBR-25, `changed` OBR-22. */
const kidneys = (status: string, changed: string) =>
  `OBR|1|O12|L900|us-0003^UREA AND ELECTROLYTES^WinPath|||202611021130|||||||202611021200||C3456789^Okello^Ruth^^^Dr^^^GMC||||||${changed}||CH|${status}`;
const creatinine = (value: string, flag: string, status: string) =>
  `OBX|1|NM|tt-0003-01^Creatinine^WinPath^14682-9^Creatinine^LN||${value}|UMOLL|49 - 92|${flag}|||${status}|||202611021130`;
const egfr = 'OBX|2|NM|tt-0003-05^eGFR (MDRD)^WinPath||<15|MLMIN|[ ]||||F|||202611021130';

const preliminary = oru('20261102130000', kidneys('P', '202611021255'), creatinine('98.00', 'H', 'P'));
const final = oru(
  '20261102150000',
  kidneys('F', '202611021455'),
  'NTE|1||Known kidney disease.',
  'NTE|2||Repeat in a week.',
  creatinine('98.00', 'H', 'F'),
  'NTE|1||Slightly haemolysed',
  egfr,
);
const corrected = oru('20261103090000', kidneys('C', '202611030855'), creatinine('89.00', '', 'C'));

async function told(...messages: string[]) {
  const { resources, doubts } = await tellMessages(messages);
  for (const resource of resources) {
    expect(checkStructure(JSON.parse(JSON.stringify(resource))).problems).toEqual([]);
  }
  const of = <T>(type: string) => resources.filter((each) => each.resourceType === type) as T[];
  return {
    reports: of<DiagnosticReport>('DiagnosticReport'),
    results: of<Observation>('Observation'),
    specimens: of<Specimen>('Specimen'),
    documents: of<DocumentReference>('DocumentReference'),
    doubts,
  };
}

const texts = (results: readonly Observation[]) => results.map(({ valueString }) => valueString);

describe('a laboratory report', () => {
  it('is told with its test, its times, its visit and who asked for it', async () => {
    const { reports } = await told(final);
    expect(reports).toEqual([
      expect.objectContaining({
        id: '44120-report-L900-us-0003',
        status: 'final',
        category: [
          { coding: [expect.objectContaining({ code: 'LAB' })] },
          { coding: [expect.objectContaining({ code: 'CH' })] },
        ],
        code: { coding: [{ code: 'us-0003', display: 'UREA AND ELECTROLYTES' }], text: 'UREA AND ELECTROLYTES' },
        encounter: { reference: 'Encounter/44120-visit-2139' },
        effectiveDateTime: '2026-11-02T11:30:00+00:00',
        issued: '2026-11-02T14:55:00+00:00',
        conclusion: 'Known kidney disease.\nRepeat in a week.',
      }),
    ]);
    expect(reports[0]?.basedOn?.[0]?.display).toBe('Asked for by Dr Ruth Okello');
    expect(reports[0]?.result?.map(({ display }) => display)).toEqual(['Creatinine', 'eGFR (MDRD)']);
  });

  it('keeps numbers, signs, units, ranges, flags and comments as they were stated', async () => {
    const { results } = await told(final);
    expect(results[0]).toMatchObject({
      status: 'final',
      code: { coding: [{ code: 'tt-0003-01' }, { system: 'http://loinc.org', code: '14682-9' }], text: 'Creatinine' },
      valueQuantity: { value: 98, unit: 'umol/L', code: 'umol/L' },
      referenceRange: [{ low: { value: 49 }, high: { value: 92 } }],
      interpretation: [{ coding: [{ code: 'H' }] }],
      note: [{ text: 'Slightly haemolysed' }],
    });
    expect(results[0]?.code.coding?.[0]).not.toHaveProperty('system');
    expect(results[1]).toMatchObject({ valueQuantity: { value: 15, comparator: '<', unit: 'mL/min' } });
    expect(results[1]).not.toHaveProperty('referenceRange');
    expect(results[1]).not.toHaveProperty('interpretation');
  });

  it('never takes a laboratory’s own code for a LOINC code, whatever stands beside it', async () => {
    const own = oru('20261102150000', kidneys('F', '202611021455'), 'OBX|1|ST|tt-0005-01^AVPU^LOINC||Alert||||||F');
    expect((await told(own)).results[0]?.code.coding).toEqual([{ code: 'tt-0005-01', display: 'AVPU' }]);
  });

  it('keeps a result whose code its sender broke in two lines', async () => {
    const split = oru('20261102150000', kidneys('F', '202611021455'), 'OBX|1|ST|AB\rCD^Albumin||40||||||F');
    const { results } = await told(split);
    expect(results[0]?.code).toMatchObject({ coding: [{ code: 'AB CD' }], text: 'Albumin' });
  });

  it('of a bedside monitor is told in a clinician’s words, as vital signs and no laboratory’s', async () => {
    const monitor = oru(
      '20261102150000',
      'OBR|1||V7|us-0005^Vital Signs^WinPath|||202611021445|||||||||||||||202611021446|||F',
      'OBX|1|NM|tt-0005-05^MDC_PRESS_BLD_NONINV_SYS^MDC||132|MDC_DIM_MMHG|70-190||||F',
      'OBX|2|NM|tt-0005-03^InsOxy^WelchAllyn||2|MDC_DIM_X_L_PER_MIN|1-15||||F',
    );
    const { reports, results } = await told(monitor);
    expect(reports[0]?.category).toBeUndefined();
    expect(results[0]).toMatchObject({
      category: [{ coding: [{ code: 'vital-signs' }] }],
      code: { coding: [{ code: 'tt-0005-05' }, { code: '8480-6' }], text: 'Systolic blood pressure' },
      valueQuantity: { value: 132, unit: 'mmHg', code: 'mm[Hg]' },
    });
    expect(results[1]?.category).toBeUndefined();
  });

  it('grows: what came first as preliminary is final when it is sent as final', async () => {
    const first = await told(preliminary);
    expect(first.reports[0]?.status).toBe('preliminary');
    expect(first.results.map(({ status }) => status)).toEqual(['preliminary']);
    const then = await told(preliminary, final);
    expect(then.results.map(({ status }) => status)).toEqual(['final', 'final']);
  });

  it('is corrected result by result: what the correction does not name stands', async () => {
    const { reports, results } = await told(preliminary, final, corrected);
    expect(reports).toMatchObject([{ status: 'corrected', conclusion: 'Known kidney disease.\nRepeat in a week.' }]);
    expect(results.map((each) => [each.code.text, each.status, each.valueQuantity?.value])).toEqual([
      ['Creatinine', 'corrected', 89],
      ['eGFR (MDRD)', 'final', 15],
    ]);
    // The comment was on the value that no longer stands.
    expect(results[0]).not.toHaveProperty('note');
  });

  it('that is merely sent again later does not stand over its correction', async () => {
    const again = final.replace('20261102150000', '20261104080000');
    const { results } = await told(preliminary, final, corrected, again);
    expect(results[0]).toMatchObject({ status: 'corrected', valueQuantity: { value: 89 } });
  });

  it('is not the patient’s after all: a result sent for the wrong person is told as an error and no longer listed', async () => {
    const wrong = oru('20261103100000', kidneys('C', '202611030955'), creatinine('98.00', 'H', 'W'));
    const { reports, results } = await told(final, wrong);
    expect(results.find(({ code }) => code.text === 'Creatinine')?.status).toBe('entered-in-error');
    expect(reports[0]?.result?.map(({ display }) => display)).toEqual(['eGFR (MDRD)']);
  });

  it('takes a result back when it is deleted, and says why where there is none', async () => {
    const deleted = oru('20261103100000', kidneys('C', '202611030955'), creatinine('', '', 'D'));
    expect((await told(final, deleted)).results.map(({ code }) => code.text)).toEqual(['eGFR (MDRD)']);
    const impossible = oru('20261103100000', kidneys('C', '202611030955'), creatinine('', '', 'X'));
    expect((await told(final, impossible)).results[0]).toMatchObject({
      status: 'cancelled',
      dataAbsentReason: { text: 'Result cannot be obtained' },
    });
  });

  it('is made final by a status alone, without losing the value', async () => {
    const status = oru('20261102160000', kidneys('F', '202611021555'), creatinine('', '', 'U'));
    expect((await told(preliminary, status)).results[0]).toMatchObject({
      status: 'final',
      valueQuantity: { value: 98 },
    });
  });

  it('of words is one text, line by line, and a shorter correction leaves no line of the old one behind', async () => {
    const obr = (status: string, at: string) =>
      `OBR|1||M55|M0007^Urine MC\\T\\S|||202611021130|||||||||||||||${at}||MB|${status}`;
    const lines = (...words: string[]) =>
      words.map((line, n) => `OBX|${n + 1}|TX|^Report Line ${n + 1}||${line}||||||F`);
    const first = oru(
      '20261102150000',
      obr('F', '202611021450'),
      ...lines('Mid stream urine', '', '>= 10\\S\\8 cfu/L E. coli', 'Trimethoprim  R'),
    );
    const then = oru('20261103150000', obr('C', '202611031450'), ...lines('Mid stream urine', 'No growth'));
    const { results } = await told(first);
    expect(texts(results)).toEqual(['Mid stream urine\n\n>= 10^8 cfu/L E. coli\nTrimethoprim  R']);
    expect(results[0]?.code.text).toBe('Urine MC&S');
    expect(texts((await told(first, then)).results)).toEqual(['Mid stream urine\nNo growth']);
  });

  it('with two organisms keeps each with its own lines', async () => {
    const organisms = oru(
      '20261102150000',
      'OBR|1||M56|BC^Blood culture|||202611021130||||||||^^||||||202611021450||MB|F',
      'OBX|1|TX|ORG^Organism|1|Escherichia coli||||||F',
      'OBX|2|CE|AMX^Amoxicillin|1|R^Resistant||||||F',
      'OBX|3|TX|ORG^Organism|2|Klebsiella pneumoniae||||||F',
      'OBX|4|CE|AMX^Amoxicillin|2|S^Susceptible||||||F',
    );
    const { results } = await told(organisms);
    expect(results.map((each) => each.valueString ?? each.valueCodeableConcept?.text)).toEqual([
      'Escherichia coli',
      'Resistant',
      'Klebsiella pneumoniae',
      'Susceptible',
    ]);
  });

  it('of two tests under one number is two reports; two samples of one test are told apart', async () => {
    const two = oru(
      '20261102150000',
      kidneys('F', '202611021455'),
      egfr,
      'OBR|2||L900|us-0002^COMPLETE BLOOD COUNT^WinPath|||202611021130|||||||||||||||202611021455||HM|F',
      'OBX|1|NM|tt-0002-01^Haemoglobin^WinPath||120|g/L|[ 115 - 165 ]||||F',
      'OBR|3||L900|us-0002^COMPLETE BLOOD COUNT^WinPath|||202611021730|||||||||||||||202611021955||HM|F',
      'OBX|1|NM|tt-0002-01^Haemoglobin^WinPath||118|g/L|[ 115 - 165 ]||||F',
    );
    const { reports, results } = await told(two);
    expect(reports).toHaveLength(3);
    expect(results.map(({ valueQuantity }) => valueQuantity?.value)).toEqual([15, 120, 118]);
  });

  it('of two numbers that run into the names of their tests is two reports, with all their results', async () => {
    const test = (number: string, code: string, result: string) => [
      `OBR|1||${number}|${code}^Test|||202611021130|||||||||||||||202611021455||LAB|F`,
      `OBX|1|NM|${result}^Result||1|g/L|||||F`,
    ];
    const lines = [...test('7', '8-9', 'A'), ...test('7-8', '9', 'A'), ...test('7', '8', '9-A')];
    const { reports, results } = await told(oru('20261102150000', ...lines));
    expect(new Set(reports.map(({ id }) => id)).size).toBe(3);
    expect(new Set(results.map(({ id }) => id)).size).toBe(3);
  });

  it('says what the sample was, and never takes the time of receipt for the time it was taken', async () => {
    const sample = oru(
      '20261102150000',
      'OBR|1||L901|HB^Haemoglobin||||||||||202611021200|BLD&Blood|||||||202611021455||HM|F',
      egfr.replace('|||202611021130', ''),
    );
    const { reports, specimens, doubts } = await told(sample);
    expect(specimens[0]).toMatchObject({ type: { text: 'Blood' }, receivedTime: '2026-11-02T12:00:00+00:00' });
    expect(reports[0]).not.toHaveProperty('effectiveDateTime');
    expect(doubts).toContain('A report that does not say when its sample was taken');
    const byResult = oru('20261102150000', 'OBR|1||L904|HB^Haemoglobin', egfr);
    expect((await told(byResult)).reports[0]?.effectiveDateTime).toBe('2026-11-02T11:30:00+00:00');
  });

  it('that came as a file can be opened as a document of its own', async () => {
    const pdf = Buffer.from('%PDF-1.4 invented').toString('base64');
    const file = oru(
      '20261102150000',
      kidneys('F', '202611021455'),
      `OBX|1|ED|PDF^Report as sent||^application^pdf^Base64^${pdf}||||||F`,
    );
    const { documents, results } = await told(file);
    expect(results).toEqual([]);
    expect(documents).toMatchObject([
      { description: 'Report as sent', content: [{ attachment: { contentType: 'application/pdf' } }] },
    ]);
  });

  it('is never called a laboratory’s when it is an image, nor final when nobody said so', async () => {
    const scan = oru(
      '20261102150000',
      'OBR|1||R1|MANKL^MRI Ankle Lt|||202611021130',
      'OBX|1|FT|MANKL^MRI Ankle Lt||No fracture seen.',
    );
    const { reports, results, doubts } = await told(scan);
    expect(reports[0]).toMatchObject({ status: 'unknown' });
    expect(reports[0]?.category).toBeUndefined();
    expect(results[0]?.category).toBeUndefined();
    expect(doubts).toContain('A report without a known status');
  });

  it('that is marked as sensitive, or in words nobody knows, is labelled with all its parts', async () => {
    const marked = (word: string) =>
      oru(
        '20261102150000',
        `ORC|RE|O12|L902${'|'.repeat(25)}${word}`,
        kidneys('F', '202611021455').replace('L900', 'L902'),
        egfr,
      );
    const labels = async (word: string) => {
      const { reports, results } = await told(marked(word));
      return [...reports, ...results].map(({ meta }) => meta?.security?.map(({ code }) => code));
    };
    expect(await labels('STD')).toEqual([
      ['R', 'STD'],
      ['R', 'STD'],
    ]);
    expect(await labels('XYZ')).toEqual([['R'], ['R']]);
    expect(await labels('U')).toEqual([undefined, undefined]);
  });

  it('keeps the mark of one test when another under its number is open, and marks all tests of one order', async () => {
    const orc = (word: string) => `ORC|RE|O12|L903${'|'.repeat(25)}${word}`;
    const test = (code: string) =>
      `OBR|1|O12|L903|${code}^Test ${code}|||202611021130|||||||||||||||202611021455||LAB|F`;
    const first = oru('20261102150000', orc('STD'), test('A'), test('B'));
    const second = oru('20261102160000', orc('U'), test('C'));
    const { reports } = await told(first, second);
    expect(reports.map(({ code, meta }) => [code.text, meta?.security?.length ?? 0])).toEqual([
      ['Test A', 2],
      ['Test B', 2],
      ['Test C', 0],
    ]);
  });

  it('of results before any order is refused: whose test they are would be a guess', async () => {
    await expect(tellMessages([oru('20261102150000', egfr)])).rejects.toThrow(UnusableMessage);
    await expect(tellMessages([oru('20261102150000')])).rejects.toThrow(/no order/);
  });

  it('comes to the same in any order of its messages, each any number of times', async () => {
    const all = [preliminary, final, corrected];
    const { resources: expected } = await tellMessages(all);
    const order = fc.array(fc.constantFrom(...all), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(order, fc.shuffledSubarray(all, { minLength: all.length }), async (extra, shuffled) => {
        expect((await tellMessages([...extra, ...shuffled])).resources).toEqual(expected);
      }),
    );
  });
});
