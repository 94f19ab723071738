import type { Binary, DocumentReference, FhirResource } from 'fhir/r4';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import { inflateSync } from 'node:zlib';
import { demonstrationPeople } from '../borough/demonstration.ts';
import { makeBorough } from '../borough/make.ts';
import { writeFhir } from './fhir.ts';

const now = new Date('2026-11-22T10:42:00Z');
const [florence] = demonstrationPeople(now);
const hers = [...writeFhir(makeBorough({ people: 0, seed: 7, now }))]
  .map(({ resources }) => resources)
  .filter((resources) => resources.some((each) => isHers(each)))
  .flat();

function isHers(each: FhirResource): boolean {
  return (
    each.resourceType === 'Patient' && each.identifier?.some(({ value }) => value === florence?.nhsNumber) === true
  );
}

/** Her letters of one media type, each with its bytes. */
function lettersOf(type: string): { letter: DocumentReference; bytes: Buffer }[] {
  const letters = hers.filter((each): each is DocumentReference => each.resourceType === 'DocumentReference');
  return letters.flatMap((letter) => {
    const { contentType, url, size } = letter.content[0]?.attachment ?? {};
    const page = hers.find((each): each is Binary => url === `Binary/${each.id}` && each.resourceType === 'Binary');
    if (contentType !== type || page?.data === undefined) return [];
    const bytes = Buffer.from(page.data, 'base64');
    expect([page.contentType, bytes.length]).toEqual([type, size]);
    return [{ letter, bytes }];
  });
}

test('Florence’s discharge summary is a PDF of two pages that a PDF reader takes without repairs, words and table in order', async () => {
  const [summary] = lettersOf('application/pdf');
  const pdf = await getDocument({ data: new Uint8Array(summary?.bytes ?? []), stopAtErrors: true, verbosity: 0 })
    .promise;
  expect(pdf.numPages).toBe(2);
  const words = await Promise.all(
    [1, 2].map(async (number) => {
      const { items } = await (await pdf.getPage(number)).getTextContent();
      return items.map((item) => ('str' in item ? item.str : '')).join(' ');
    }),
  );
  expect(words[0]).toMatch(/Discharge summary.*Reason for admission: Fall at home, hip fracture.*Apixaban 2\.5 mg/s);
  expect(words[1]).toMatch(/Call 111/);
});

test('the clinic’s page holds its blood pressures as a table; the practice’s copy of it is plain text', () => {
  const page = lettersOf('application/xhtml+xml').find(({ bytes }) => bytes.includes('<table>'));
  expect(page?.bytes.toString()).toContain('<th scope="col">Systolic mmHg</th>');
  const copy = hers.find((each) => each.resourceType === 'DocumentReference' && each.description?.includes(', filed'));
  expect((copy as DocumentReference).content[0]?.attachment.contentType).toBe('text/plain; charset=utf-8');
});

test('the assessment sheet is a picture: a PNG whose rows are all there and neither blank nor black', () => {
  const [{ letter, bytes } = { letter: undefined, bytes: Buffer.alloc(0) }] = lettersOf('image/png');
  expect(letter?.description).toBe('Walking aid assessment sheet');
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const length = bytes.readUInt32BE(33);
  const rows = inflateSync(bytes.subarray(41, 41 + length));
  expect(rows.length).toBe((Math.ceil(width / 8) + 1) * height);
  const black = [...rows].filter((byte) => byte !== 0xff && byte !== 0).length;
  expect(black).toBeGreaterThan(1000);
});

test('the referral form is rich text, which no browser shows', () => {
  const [form] = lettersOf('application/rtf');
  expect(form?.bytes.toString()).toMatch(/^\{\\rtf1.*breathless on stairs.*\\par\}$/s);
});
