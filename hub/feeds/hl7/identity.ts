import type { Identifier } from 'fhir/r4';
import { parseNhsNumber } from '../../../fhir/nhs-number.ts';
import { nhsNumberSystem, nhsNumberVerificationExtension, nhsNumberVerificationSystem } from '../../../fhir/systems.ts';
import { localIdentifier } from './concepts.ts';
import type { Dialect } from './dialect.ts';
import type { Repetition, Segment } from './message.ts';
import { lookUp } from './look-up.ts';

/** The numbers a message gives for one person. */
export interface Identity {
  /** The hospital's own number as it is written; where it gives none, what stands for it. Undefined: nobody is named. */
  subject: string | undefined;
  identifiers: Identifier[];
  doubts: string[];
}

/** Whom a PID is about: PID-3, the old PID-2 and PID-4, and the NHS number's status in PID-32. */
export function identityOf(pid: Segment, organisation: string, dialect: Dialect): Identity {
  const numbers = [3, 2, 4].flatMap((field) => pid.values(field)).filter((number) => number.at(1) !== '');
  return identify(numbers, { organisation, dialect, status: pid.at(32) });
}

/** Whose record MRG-1 names. */
export function mergedIdentityOf(mrg: Segment, organisation: string, dialect: Dialect): Identity {
  return identify(mrg.values(1), { organisation, dialect, status: '' });
}

interface Naming {
  organisation: string;
  dialect: Dialect;
  /** PID-32. */
  status: string;
}

function identify(numbers: readonly Repetition[], naming: Naming): Identity {
  const { organisation, dialect } = naming;
  const ofNhs = numbers.filter((number) => isNhsNumber(number, dialect));
  const others = numbers.filter((number) => !isNhsNumber(number, dialect));
  const own = ownNumber(others, naming);
  const doubts: string[] = [];
  const sound = new Map<string, string>();
  for (const number of ofNhs) {
    const digits = parseNhsNumber(number.at(1));
    if (digits === undefined) doubts.push('An NHS number that cannot be one: not taken');
    else sound.set(digits, sound.get(digits) || statusOf(number) || naming.status);
  }
  const identifiers: Identifier[] = [];
  const [nhs] = sound;
  // Of two numbers one is somebody else's: neither is used, for a person is found by it (wrong patient).
  if (sound.size > 1) doubts.push('Two different NHS numbers for one person: neither is taken');
  else if (nhs !== undefined) identifiers.push(nhsIdentifier(nhs[0], nhs[1]));
  if (own !== undefined) identifiers.push(localIdentifier('patient', ownedBy(organisation, own.at(1))));
  for (const [number, authority] of new Map(others.map((each) => [each.at(1), each.at(4, 1)]))) {
    if (number === own?.at(1)) continue;
    identifiers.push(authority === '' ? { value: number } : { value: number, assigner: { display: authority } });
  }
  const subject = own?.at(1) ?? (sound.size === 1 && nhs !== undefined ? `nhs-${nhs[0]}` : undefined);
  if (own === undefined && subject !== undefined)
    doubts.push(`No number of ${organisation}’s own: known by NHS number`);
  return { subject, identifiers, doubts };
}

function isNhsNumber(number: Repetition, { nhsNumberTypes }: Dialect): boolean {
  const [type] = number.at(5).toUpperCase().split('{');
  const authority = number.at(4, 1).toUpperCase();
  return nhsNumberTypes.includes(type === '' || type === undefined ? authority : type);
}

/** Interweave: a local number carries its owner's ODS code before it; some systems write it so themselves. */
function ownedBy(organisation: string, number: string): string {
  return number.startsWith(`${organisation}-`) ? number : `${organisation}-${number}`;
}

/** Best typed first; of several the one this hospital assigned. */
function ownNumber(numbers: readonly Repetition[], { organisation, dialect }: Naming): Repetition | undefined {
  for (const type of [...dialect.ownNumberTypes, '']) {
    const typed = numbers.filter(
      (number) => number.at(5).toUpperCase() === type && !isOfAnother(number.at(4, 1), organisation),
    );
    const found = typed.find((number) => number.at(4, 1) === organisation) ?? typed[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Another trust's number (their ODS codes begin with R or T) may be that of somebody else here (wrong patient). */
function isOfAnother(authority: string, organisation: string): boolean {
  return /^[RT][A-Z0-9]{2}$/.test(authority) && authority !== organisation;
}

/** `NH{status:01}`, as some senders add it. */
function statusOf(number: Repetition): string {
  return /\{status:(\d{2})\}/.exec(number.at(5))?.[1] ?? '';
}

const statuses: Readonly<Record<string, string>> = {
  '01': 'Number present and verified',
  '02': 'Number present but not traced',
  '03': 'Trace required',
  '04': 'Trace attempted - No match or multiple match found',
  '05': 'Trace needs to be resolved - (NHS number or patient detail conflict)',
  '06': 'Trace in progress',
  '07': 'Number not present and trace not required',
  '08': 'Trace postponed (baby under six weeks old)',
};

/**
 * An NHS number with its verification status, where the source states one: PID-32 also holds words of other tables. A
 * status nobody knows counts as "trace required", for only 01 is a number that was verified.
 */
function nhsIdentifier(value: string, stated: string): Identifier {
  if (!/^\d{2}$/.test(stated)) return { system: nhsNumberSystem, value };
  const code = lookUp(statuses, stated) === undefined ? '03' : stated;
  const coding = [{ system: nhsNumberVerificationSystem, code, display: lookUp(statuses, code) ?? '' }];
  return {
    extension: [{ url: nhsNumberVerificationExtension, valueCodeableConcept: { coding } }],
    system: nhsNumberSystem,
    value,
  };
}
