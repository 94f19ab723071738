import { date } from '../borough/clock.ts';
import type { ListWarning, Warning } from '../borough/facts.ts';
import { interweave, ukCore, ukCoreExtra } from './codes.ts';
import { type Pen, organisationReference, metaOf } from './pen.ts';

const warningWords: Record<Warning['kind'], { text: string; interweave: readonly [string, string] }> = {
  'special-note': { text: 'Special note', interweave: ['OTH', 'Other'] },
  safeguarding: { text: 'Safeguarding', interweave: ['SGC', 'Safeguarding concern'] },
  risk: { text: 'Risk', interweave: ['RTS', 'Risk to self'] },
  access: { text: 'Access', interweave: ['OTH', 'Other'] },
  communication: { text: 'Alert', interweave: ['OTH', 'Other'] },
  legal: { text: 'Legal', interweave: ['OTH', 'Other'] },
};

/** Alerts and special notes; the council's carry the Interweave categories. */
export function writeWarnings(pen: Pen): void {
  for (const warning of pen.life.warnings) {
    if (!warning.tellers.includes(pen.source) || warning.from > pen.asAt) continue;
    const words = warningWords[warning.kind];
    const [code, display] = words.interweave;
    const over = warning.until !== undefined && warning.until <= pen.asAt;
    pen.add({
      resourceType: 'Flag',
      id: `${warning.id}-${pen.source}`,
      ...metaOf(warning.labels),
      status: over ? 'inactive' : 'active',
      category: [
        pen.source === 'liquidlogic' ? interweave('FlagCategory', code, display, words.text) : { text: words.text },
      ],
      code: { text: warning.text },
      subject: pen.patient,
      period: { start: date(warning.from), end: over ? date(warning.until ?? warning.from) : undefined },
      author: organisationReference(pen.organisation),
    });
  }
}

const listWarningWords: Record<ListWarning['code'], string> = {
  'confidential-items': 'Confidential Items',
  'data-in-transit': 'Data in Transit',
  'data-awaiting-filing': 'Data Awaiting Filing',
};

/** What a source says about its own lists: items held back, or a record still in transfer (UK Core ListWarningCode). */
export function writeListWarnings(pen: Pen): void {
  for (const warning of pen.life.listWarnings) {
    if (!warning.tellers.includes(pen.source)) continue;
    pen.add({
      resourceType: 'List',
      id: warning.id,
      extension: [
        ukCoreExtra('ListWarningCode', ukCore('ListWarningCode', warning.code, listWarningWords[warning.code])),
      ],
      status: 'current',
      mode: 'snapshot',
      title: 'Consultations',
      code: {
        coding: [{ system: 'http://snomed.info/sct', code: '1149501000000101', display: 'List of consultations' }],
        text: 'Consultations',
      },
      subject: pen.patient,
      date: date(warning.at),
      note: [{ text: warning.text }],
    });
  }
}
