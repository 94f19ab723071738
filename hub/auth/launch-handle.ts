import { randomBytes } from 'node:crypto';
import { errors } from 'oidc-provider';
import type { ClinicalSystem } from '../config.ts';
import type { Database } from '../store/database.ts';
import type { SignedOnUser } from './authorization.ts';
import type { LaunchContext } from './launch-context.ts';
import { resolvePatient } from './launch-patient.ts';
import type { PatientQuestion } from './launch-request.ts';
import type { AuthRecords } from './records.ts';

/** What a launch handle stands for. */
export interface Launch {
  /** Client id of the system that asked. */
  system: string;
  user: SignedOnUser;
  question: PatientQuestion;
  patient: string;
  encounter: string | undefined;
  needPatientBanner: boolean;
  context: LaunchContext;
  /** When the system asked for it, and vouched for its user; epoch milliseconds, as is its end. */
  askedAt: number;
  expiresAt: number;
}

const kind = 'Launch';
/** Kept after its end, so that a late opening is told what happened. */
const rememberMillis = 3_600_000;

/** Makes a handle of 256 random bits for a launch; only its digest is kept. */
export async function createLaunch(records: AuthRecords, launch: Launch): Promise<string> {
  const handle = randomBytes(32).toString('base64url');
  await records.put(kind, handle, launch, { expiresAt: launch.expiresAt + rememberMillis });
  return handle;
}

/**
 * The launch behind a handle, checked anew: known, in time, unused, its system still registered, and its patient still
 * exactly the person it was made for. Does not use it up. Rejects with AccessDenied in words the app can show.
 */
export async function checkLaunch(
  database: Database,
  records: AuthRecords,
  systems: readonly ClinicalSystem[],
  handle: string,
): Promise<{ launch: Launch; system: ClinicalSystem }> {
  const found = await records.find(kind, handle);
  if (found === undefined) {
    throw new errors.AccessDenied('This launch is not known here. Open the record again from the clinical system.');
  }
  if (found.usedAt !== undefined) throw new errors.AccessDenied(usedWords);
  const launch = found.payload as Launch;
  if (launch.expiresAt <= Date.now()) {
    throw new errors.AccessDenied('This launch has expired. Open the record again from the clinical system.');
  }
  const system = systems.find(({ clientId }) => clientId === launch.system);
  if (system === undefined) throw new errors.AccessDenied('The system that opened this record is not registered here.');
  const answer = await resolvePatient(database, system.source, launch.question);
  if (!('id' in answer) || answer.id !== launch.patient) {
    throw new errors.AccessDenied(
      'The person can no longer be told apart for certain. Open the record again from the clinical system.',
    );
  }
  return { launch, system };
}

/** Uses the handle up; of several tries at once only one succeeds. Rejects with AccessDenied. */
export async function spendLaunch(records: AuthRecords, handle: string): Promise<void> {
  if (!(await records.use(kind, handle))) throw new errors.AccessDenied(usedWords);
}

const usedWords = 'This launch was already used. Open the record again from the clinical system.';
