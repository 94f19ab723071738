import type { Condition } from 'fhir/r4';
import { hadCome, type Extension } from './extension.ts';
import { latest, type Standing } from './fold.ts';
import { interweave, interweaveExtra } from './interweave.ts';
import { isCarersLine } from './statement.ts';
import { metaOf, ownId, periodOf, type Teller } from './teller.ts';
import { codeFor, coded, plain } from './words.ts';

interface Reason {
  id: string;
  words: string;
  primary: boolean;
  from?: string | undefined;
  until?: string | undefined;
  active: boolean;
  labels?: readonly string[] | undefined;
}

/**
 * Why the council supports the person (Interweave SocialCareSupportReason). The return states the primary one with each
 * event and no more: the latest line's is in force. The extension says from when until when, and so comes before it.
 */
export function tellSupportReasons(teller: Teller, lines: readonly Standing[], extension: Extension): void {
  const stated = extension.items('supportReasons').map(({ value, piece }): Reason => {
    const { id, labels, reason, primary, from, until } = value;
    return { id: `stated ${id}`, words: reason, primary, from, until, active: !hadCome(until, piece.at), labels };
  });
  const known = new Set(stated.map(({ words }) => wordOf(words)));
  // Support for somebody as a carer does not end the reason for their own.
  const now = new Map(
    [true, false].map((carer) => [
      carer,
      latest(lines.filter(({ row }) => isReason(row.supportReason) && isCarersLine(row) === carer)),
    ]),
  );
  const returned = new Map<string, Reason>();
  for (const { row } of lines) {
    const words = row.supportReason;
    if (words === undefined || !isReason(words) || known.has(wordOf(words))) continue;
    const active = wordOf(words) === wordOf(now.get(isCarersLine(row))?.row.supportReason ?? '');
    const other = returned.get(wordOf(words));
    returned.set(wordOf(words), { id: wordOf(words), words, primary: true, active: active || other?.active === true });
  }
  for (const reason of [...stated, ...returned.values()]) addReason(teller, reason);
}

function isReason(words: string | undefined): boolean {
  return words !== undefined && !/^unknown$|^not known$/i.test(words);
}

/** Both releases' words for a reason are one. */
function wordOf(words: string): string {
  return codeFor('SocialCareSupportReason', words)?.code ?? plain(words);
}

function addReason(teller: Teller, { id, words, primary, from, until, active, labels }: Reason): void {
  const group = categoryOf(words);
  const period = periodOf(from, until);
  const condition: Condition = {
    resourceType: 'Condition',
    id: ownId(teller, 'support-reason', id),
    ...metaOf(labels),
    extension: [
      interweaveExtra('SocialCarePrimarySupportReason', { valueBoolean: primary }),
      ...(period === undefined ? [] : [interweaveExtra('SocialCareSupportReasonPeriod', { valuePeriod: period })]),
    ],
    clinicalStatus: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
          code: active ? 'active' : 'inactive',
        },
      ],
    },
    category: [
      group === undefined ? { text: 'Support reason' } : interweave('SocialCareSupportReasonCategory', ...group),
    ],
    code: coded('SocialCareSupportReason', words),
    subject: teller.patient,
    recordedDate: from,
  };
  teller.resources.push(condition);
}

const groups: Record<string, string> = {
  LDS: 'Learning Disability Support',
  MHS: 'Mental Health Support',
  PS: 'Physical Support',
  SMC: 'Support with Memory and Cognition',
  SOS: 'Social Support',
  SS: 'Sensory Support',
};

function categoryOf(words: string): [code: string, display: string] | undefined {
  const [group = ''] = codeFor('SocialCareSupportReason', words)?.code.split('-') ?? [];
  const display = groups[group];
  return display === undefined ? undefined : [group, display];
}
