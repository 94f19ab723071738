import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../fhir/validate.ts';
import { type Format, UnusableMessage } from '../format.ts';
import { adastraCase } from './case-format.ts';
import { nhs111Report } from './report-format.ts';
import { caseGuid, caseXml, messageOf, patientXml, reportXml, toldOf } from './testing.ts';

const formats: readonly (readonly [Format, string])[] = [
  [adastraCase, caseXml()],
  [nhs111Report, reportXml()],
];

/** What became of bytes: pieces, or the reason why not. Anything else that is thrown fails the test. */
function outcome(format: Format, bytes: Uint8Array | string): string {
  try {
    return `${format.sort(messageOf(format, bytes)).pieces.length} pieces`;
  } catch (error) {
    if (error instanceof UnusableMessage) return error.message;
    throw error;
  }
}

describe('a message that cannot be used', () => {
  it('is refused with a reason that holds nothing of it', () => {
    expect(outcome(adastraCase, reportXml())).toBe('The document is no Adastra case export.');
    expect(outcome(nhs111Report, caseXml())).toBe('The message holds no report.');
    expect(outcome(adastraCase, caseXml({ adastraCaseReference: '' }))).toBe('The case has no reference.');
    expect(outcome(nhs111Report, reportXml().replaceAll(/<id [^>]*4\.18\.3[45]"[^>]*>/g, ''))).toBe(
      'A report names no case.',
    );
  });

  it('cut short at any place is refused, and says nothing of whom it is about wrongly', () => {
    for (const [format, text] of formats) {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: text.trimEnd().length - 1 }), (length) => {
          const cut = text.slice(0, length);
          expect(outcome(format, cut)).toMatch(/cut short|single outermost/);
          expect([undefined, caseGuid]).toContain(format.subjectOf(Buffer.from(cut)));
        }),
      );
    }
  });

  it('with bytes changed at random is refused or taken, and what is taken is sound FHIR', async () => {
    for (const [format, text] of formats) {
      const bytes = Buffer.from(text);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
          async (changes) => {
            const odd = Buffer.from(bytes);
            for (const [place, byte] of changes) odd[place] = byte;
            format.subjectOf(odd);
            if (!outcome(format, odd).endsWith('pieces')) return;
            const { pieces } = format.sort(messageOf(format, odd));
            for (const piece of pieces) {
              const kept = [
                { name: piece.name, at: piece.at ?? '2026-11-21T23:10:00Z', seq: 1, content: piece.content },
              ];
              const scope = {
                source: 'adastra' as const,
                organisation: 'XLCW1',
                subject: piece.subject,
                scope: piece.scope,
              };
              const told = await format.tell(scope, kept, () => Promise.resolve(new Map()));
              for (const resource of JSON.parse(JSON.stringify(told.resources)) as unknown[])
                expect(checkStructure(resource).problems).toEqual([]);
            }
          },
        ),
        { numRuns: 200 },
      );
    }
  });

  it('with any words in any place keeps them as words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }), async (words) => {
        const xml = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        const texts: readonly (readonly [Format, string])[] = [
          [
            adastraCase,
            caseXml({ presentingCondition: `<presentingCondition><symptoms>${xml}</symptoms></presentingCondition>` }),
          ],
          [
            adastraCase,
            caseXml({ activeDate: `<activeDate>${xml}</activeDate>`, caseStatus: `<caseStatus>${xml}</caseStatus>` }),
          ],
          [adastraCase, caseXml({ patient: patientXml((text) => text.replace('1948-03-12', xml)) })],
          [nhs111Report, reportXml({ title: xml, low: xml.replaceAll('"', '&quot;') })],
        ];
        for (const text of texts) {
          const told = await toldOf(text);
          for (const resource of told.resources) expect(checkStructure(resource).problems).toEqual([]);
          expect(told.doubts.join(' ')).not.toContain(words.length > 6 ? words : '\0');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is known by its case before it is parsed, where a GUID names it', () => {
    for (const [format, text] of formats) expect(format.subjectOf(Buffer.from(text))).toBe(caseGuid);
    expect(adastraCase.subjectOf(Buffer.from(caseXml().replace(caseGuid, '4711')))).toBeUndefined();
    expect(adastraCase.subjectOf(new Uint8Array())).toBeUndefined();
    const two = reportXml() + reportXml({ guid: '6D0B5E0C-1F5E-4B6A-9C7E-0A1B2C3D4E5F' });
    expect(nhs111Report.subjectOf(Buffer.from(two))).toBeUndefined();
  });

  it('with elements that nobody defined is taken, and that is said', () => {
    const more = caseXml({ patient: patientXml((text) => text.replace('<phone', '<shoeSize>7</shoeSize><phone')) });
    expect(adastraCase.sort(messageOf(adastraCase, more)).doubts).toEqual([
      'Elements that the case export does not define: kept, not told',
    ]);
  });
});
