import { parseNhsNumber } from '../../../../fhir/nhs-number.ts';
import { nhsNumberSystem } from '../../../../fhir/systems.ts';
import { isObject, typeOf } from '../../../resource/json.ts';
import { UnusableMessage } from '../../format.ts';
import { readBody } from './read-body.ts';
import { objects, words } from './read.ts';
import { readRecord } from './record.ts';
import { refusalCodes, refusalReason } from './refusal.ts';
import { refusalOf, unansweredCode } from './refused.ts';
import { wholeRecordParameters } from './request-parameters.ts';
import { type Requester, requestToken } from './request-token.ts';

/** A practice's system, as Spine's directory names it. */
export interface PracticeEndpoint {
  /** ODS code. */
  organisation: string;
  /** FHIR base of the practice's system, without a slash at its end. */
  base: string;
  /** Accredited System Id of the practice's system. */
  asid: string;
  /** Address of the Spine Secure Proxy, which the base is put after; undefined asks the practice's system itself. */
  proxy?: string;
}

export interface PullOptions {
  endpoint: PracticeEndpoint;
  requester: Requester;
  /** Ten bare digits. */
  nhsNumber: string;
  /** The id by which this practice's record of the person was told before, where there was one. */
  subject?: string;
  /** A GUID, new for every request; it is in the practice's log and in ours. */
  traceId: string;
  /** Epoch milliseconds. */
  now: number;
  /** How requests leave: `fetch`, with this hub's certificate for mutual TLS. */
  send?: (address: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds the whole answer may take. */
  timeoutMs?: number;
  /** Bytes that an answer may have. */
  mostBytes?: number;
}

/** What came of asking. Reasons are sentences without patient data. */
export type Pulled =
  /** A record, for the inbox. */
  | { kind: 'record'; label: string; bytes: Uint8Array }
  /**
   * The practice does not tell of this person. `bytes`, where it is known whose record that leaves behind, go to the inbox, so
   * that the clinician is told: an empty record and a refused one must never look the same.
   */
  | { kind: 'refused'; codes: string[]; reason: string; label: string; bytes: Uint8Array | undefined }
  /** Nothing is known of the person's record: what was told before stays, and the source is behind. */
  | { kind: 'failed'; reason: string; again: boolean };

const interaction = 'urn:nhs:names:services:gpconnect:fhir:operation:gpc.getstructuredrecord-1';
const fhirJson = 'application/fhir+json;charset=utf-8';

/**
 * Asks a practice's system for one person's whole record (GP Connect Access Record: Structured, `getstructuredrecord`).
 * Never rejects for what the practice's system does.
 */
export async function pullRecord(options: PullOptions): Promise<Pulled> {
  const { endpoint, requester, nhsNumber, traceId, now } = options;
  if (parseNhsNumber(nhsNumber) !== nhsNumber) {
    return { kind: 'failed', reason: 'The number to ask for is not an NHS number.', again: false };
  }
  const address = `${endpoint.base}/Patient/$gpc.getstructuredrecord`;
  let status: number;
  let bytes: Uint8Array | undefined;
  try {
    const answer = await (options.send ?? fetch)(
      endpoint.proxy === undefined ? address : `${endpoint.proxy}/${address}`,
      {
        method: 'POST',
        // A token and a person's number are not to follow wherever an answer points.
        redirect: 'error',
        headers: {
          accept: fhirJson,
          'content-type': fhirJson,
          'ssp-traceid': traceId,
          'ssp-from': requester.asid,
          'ssp-to': endpoint.asid,
          'ssp-interactionid': interaction,
          authorization: `Bearer ${requestToken(requester, endpoint.base, nhsNumber, now)}`,
        },
        body: JSON.stringify(wholeRecordParameters(nhsNumber)),
        signal: AbortSignal.timeout(options.timeoutMs ?? 60_000),
      },
    );
    ({ status } = answer);
    bytes = await readBody(answer, options.mostBytes ?? 100_000_000);
  } catch (error) {
    return { kind: 'failed', reason: whyNot(error), again: true };
  }
  if (bytes === undefined) return { kind: 'failed', reason: 'The answer was larger than is taken.', again: false };
  return judged(bytes, status, options);
}

function whyNot(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return name === 'TimeoutError' || name === 'AbortError'
    ? 'The practice’s system did not answer in time.'
    : 'The practice’s system could not be reached.';
}

/** Whether an answer is the record that was asked for: anybody else's goes no further than here (wrong patient). */
function judged(bytes: Uint8Array, status: number, { nhsNumber, traceId, subject }: PullOptions): Pulled {
  const label = `structured record ${traceId}`;
  const outcome = outcomeIn(bytes);
  if (outcome !== undefined) {
    const [codes, reason] = [refusalCodes(outcome), refusalReason(outcome)];
    if (refusalOf([outcome]) === undefined) {
      return { kind: 'failed', reason: `${reason} Status ${status}.`, again: status >= 500 || status === 429 };
    }
    return {
      kind: 'refused',
      codes,
      reason,
      label,
      bytes: subject === undefined ? undefined : refusalFor(subject, nhsNumber, codes),
    };
  }
  if (status !== 200) {
    return {
      kind: 'failed',
      reason: `The practice’s system answered with status ${status}.`,
      again: status >= 500 || status === 429,
    };
  }
  try {
    const { patient } = readRecord(bytes);
    const stated = objects(patient?.['identifier']).find(({ system }) => system === nhsNumberSystem);
    if (words(stated?.['value'])?.replaceAll(/\s/g, '') !== nhsNumber) {
      return { kind: 'failed', reason: 'The answer was not about the person who was asked for.', again: false };
    }
  } catch (error) {
    if (!(error instanceof UnusableMessage)) throw error;
    return { kind: 'failed', reason: error.message, again: false };
  }
  return { kind: 'record', label, bytes };
}

function outcomeIn(bytes: Uint8Array) {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Whatever else it is, its status or its reading says what is wrong with it.
    return undefined;
  }
  return isObject(json) && typeOf(json) === 'OperationOutcome' ? json : undefined;
}

/** That nothing usable came, as a message about the person: the page says it until an answer comes (silent gap). */
export function unansweredFor(subject: string, nhsNumber: string): Uint8Array {
  return refusalFor(subject, nhsNumber, [unansweredCode]);
}

/** The refusal as a message about the person, without the practice's own words. */
function refusalFor(subject: string, nhsNumber: string, codes: readonly string[]): Uint8Array {
  const resources = [
    { resourceType: 'Patient', id: subject, identifier: [{ system: nhsNumberSystem, value: nhsNumber }] },
    {
      resourceType: 'OperationOutcome',
      issue: codes.map((code) => ({ severity: 'error', code: 'not-found', details: { coding: [{ code }] } })),
    },
  ];
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
  return Buffer.from(JSON.stringify(bundle));
}
