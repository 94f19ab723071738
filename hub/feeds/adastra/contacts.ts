import type { Encounter } from 'fhir/r4';
import type { ReadTime } from '../hl7/date-time.ts';
import type { CaseConsultation, CaseExport } from './case-export.ts';
import { otherInstant, readCdaTime, readXsTime } from './stated-time.ts';
import { type How, howOf, isCall, statusOf } from './how-helped.ts';
import type { SaidReport, ToldCase } from './told-case.ts';

/** One contact of a case, with everything that tells of it. */
export interface Contact {
  /** Own id of its Encounter. */
  id: string;
  how: How;
  start: ReadTime;
  end: ReadTime;
  status: Encounter['status'];
  consultation: CaseConsultation | undefined;
  reports: SaidReport[];
}

const minute = 60_000;
/** A consultation that begins this near to when the case was raised is how it was raised. */
const raisedWithin = 15 * minute;
/** Two tellings of one call differ by no more than their clocks do. */
const sameCallWithin = 5 * minute;

/**
 * The contacts of a case, the call that raised it first. The export's consultations each are one; the call is told by the
 * report, by a consultation, or by nothing but the time at which the case was raised. A report and a telephone consultation
 * are one call only where their times say so, else both stand (false join; and the app sees that they share their case).
 */
export function contactsOf(told: ToldCase): Contact[] {
  const exported = told.export?.said;
  const ids = new Set<string>();
  const calls = reportedCalls(told, ids);
  const consulted = (exported?.consultations ?? []).map((consultation) => contactOf(consultation, exported));
  consulted.sort((a, b) => instantOf(a) - instantOf(b));
  const own: Contact[] = [];
  for (const contact of consulted) {
    const told111 = calls.find((call) => call.consultation === undefined && isSameCall(call, contact));
    if (told111 === undefined) own.push(contact);
    else told111.consultation = contact.consultation;
  }
  const raised = exported === undefined || calls.length > 0 ? undefined : raising(exported, own, told);
  for (const contact of own) {
    contact.id = raised === contact && isCall(contact.how) ? `${told.key}-call` : ownId(told.key, contact, ids);
  }
  const raisedAlone = raised === undefined || own.includes(raised) ? [] : [{ ...raised, id: `${told.key}-call` }];
  return [...calls, ...raisedAlone, ...own].sort((a, b) => instantOf(a) - instantOf(b));
}

/** Reports of one case that begin at one moment are of one call: a report is sent to several services. */
function reportedCalls({ key, reports }: ToldCase, ids: Set<string>): Contact[] {
  const calls = new Map<string, Contact>();
  for (const report of reports) {
    const start = readCdaTime(report.said.low ?? '');
    const known = calls.get(start.value ?? '');
    if (known !== undefined) {
      known.reports.push(report);
      known.end = readCdaTime(report.said.high ?? '');
      continue;
    }
    const end = readCdaTime(report.said.high ?? '');
    calls.set(start.value ?? '', {
      id: '',
      how: '111',
      start,
      end,
      status: 'finished',
      consultation: undefined,
      reports: [report],
    });
  }
  const inOrder = [...calls.values()].sort((a, b) => instantOf(a) - instantOf(b));
  for (const [place, call] of inOrder.entries()) call.id = place === 0 ? `${key}-call` : ownId(key, call, ids);
  return inOrder;
}

function contactOf(consultation: CaseConsultation, exported: CaseExport | undefined): Contact {
  const end = readXsTime(consultation.end ?? '');
  return {
    id: '',
    how: howOf(consultation.place, exported?.caseType?.words),
    start: readXsTime(consultation.start ?? ''),
    end,
    status: end.value === undefined ? 'in-progress' : 'finished',
    consultation,
    reports: [],
  };
}

/** The consultation that raised the case, else a contact that nothing is told of but when. */
function raising(exported: CaseExport, consulted: readonly Contact[], { doubts }: ToldCase): Contact | undefined {
  const start = readXsTime(exported.active ?? '');
  const first = consulted[0];
  const near = first !== undefined && Math.abs(instantOf(first) - (start.instant ?? 0)) <= raisedWithin;
  if (first !== undefined && (near || start.instant === undefined)) return first;
  const over = consulted.length > 0 || exported.completed !== undefined;
  return {
    id: '',
    how: /\b111\b/.test(exported.caseType?.words ?? '') ? '111' : 'call',
    start,
    end: readXsTime(''),
    status: statusOf(exported.status, over, doubts),
    consultation: undefined,
    reports: [],
  };
}

function isSameCall(call: Contact, consulted: Contact): boolean {
  const { instant } = call.start;
  if (!isCall(consulted.how) || instant === undefined || consulted.start.instant === undefined) return false;
  // The report states its zone, the export need not.
  const shifts = otherInstant(consulted.start) === undefined ? [0] : [0, 3_600_000];
  return shifts.some((shift) => {
    const [start, end] = [instantOf(consulted) + shift, (consulted.end.instant ?? 0) + shift];
    const overlap = start <= instant ? end > instant : (call.end.instant ?? 0) > start;
    return overlap || Math.abs(start - instant) <= sameCallWithin;
  });
}

/** What cannot be placed in time comes last. */
function instantOf({ start }: Contact): number {
  return start.instant ?? Number.MAX_SAFE_INTEGER;
}

/** Named by when it began, so that a consultation told again after another was added is still the same. */
function ownId(key: string, { start }: Contact, taken: Set<string>): string {
  const plain = `${key}-${start.value?.slice(0, 16).replaceAll(/[-:]/g, '') ?? 'undated'}`;
  let id = plain;
  for (let next = 2; taken.has(id); next += 1) id = `${plain}-${next}`;
  taken.add(id);
  return id;
}
