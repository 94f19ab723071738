import { isObject, type JsonObject, typeOf } from '../../../resource/json.ts';
import { UnusableMessage } from '../../format.ts';
import { object, objects, words } from './read.ts';
import { refusalReason } from './refusal.ts';

/** One answer of a practice's system: everything it says of one person. */
export interface PracticeRecord {
  /** The id of the person's Patient, as sent. */
  patientId: string;
  /** Undefined where only appointments were sent: those name the person and tell nothing of them. */
  patient: JsonObject | undefined;
  /** Everything, the Patient among it, in the order sent. */
  resources: JsonObject[];
}

/**
 * Reads the Bundle that `Patient/$gpc.getstructuredrecord` answers with (GP Connect 1.x, FHIR STU3), or a Bundle of one
 * person's appointments.
 * @throws UnusableMessage when it is no such Bundle, is about nobody or about two people, or is the practice's refusal
 */
export function readRecord(bytes: Uint8Array): PracticeRecord {
  const bundle = parsed(bytes);
  const type = typeOf(bundle);
  if (type === 'OperationOutcome') throw new UnusableMessage(refusalReason(bundle));
  if (type !== 'Bundle') throw new UnusableMessage('It is not a FHIR Bundle.');
  const resources = objects(bundle['entry']).flatMap((entry) => {
    const resource = object(entry['resource']);
    if (resource === undefined || typeOf(resource) === '') return [];
    // Where the source left the id out, the entry's address is the only name that others can point at.
    const id = words(resource['id']) ?? /([A-Za-z0-9\-.]{1,64})$/.exec(words(entry['fullUrl']) ?? '')?.[1];
    return [id === undefined ? resource : { ...resource, id }];
  });
  const patients = new Map(
    resources.filter((one) => typeOf(one) === 'Patient').map((one) => [words(one['id']) ?? '', one]),
  );
  const [first] = patients;
  if (patients.size > 1) throw new UnusableMessage('It holds the records of two people: nothing of it is taken.');
  if (first !== undefined) {
    if (first[0] === '') throw new UnusableMessage('Its Patient has no id.');
    // Sent twice, the person is the last one sent.
    const once = resources.filter((one) => typeOf(one) !== 'Patient' || one === first[1]);
    return { patientId: first[0], patient: first[1], resources: once };
  }
  const refused = resources.find((one) => typeOf(one) === 'OperationOutcome');
  if (refused !== undefined) throw new UnusableMessage(refusalReason(refused));
  const named = [...new Set(resources.filter((one) => typeOf(one) === 'Appointment').flatMap(patientsOfBooking))];
  if (named.length > 1) throw new UnusableMessage('It holds the appointments of two people: nothing of it is taken.');
  if (named[0] === undefined) throw new UnusableMessage('It names no patient.');
  return { patientId: named[0], patient: undefined, resources };
}

/** Deeper than this no record is nested; one made to exhaust its readers is. */
const deepest = 200;

function parsed(bytes: Uint8Array): JsonObject {
  let json: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (depthOf(text) > deepest) throw new UnusableMessage('It is nested deeper than any record.');
    json = JSON.parse(text);
  } catch (error) {
    if (error instanceof UnusableMessage) throw error;
    throw new UnusableMessage(
      error instanceof SyntaxError ? 'It is not JSON: cut short, or something else.' : 'It is not text in UTF-8.',
    );
  }
  if (!isObject(json)) throw new UnusableMessage('It is not a FHIR resource.');
  return json;
}

/** How deep objects and lists stand in one another. */
function depthOf(text: string): number {
  let [depth, most, inText] = [0, 0, false];
  for (let place = 0; place < text.length; place += 1) {
    const letter = text[place];
    if (letter === '\\') place += 1;
    else if (letter === '"') inText = !inText;
    else if (!inText && (letter === '{' || letter === '[')) most = Math.max(most, (depth += 1));
    else if (!inText && (letter === '}' || letter === ']')) depth -= 1;
  }
  return most;
}

function patientsOfBooking(booking: JsonObject): string[] {
  return objects(booking['participant']).flatMap(({ actor }) => {
    const [, id] = /(?:^|\/)Patient\/([^/|?]+)$/.exec(words(object(actor)?.['reference']) ?? '') ?? [];
    return id ?? [];
  });
}
