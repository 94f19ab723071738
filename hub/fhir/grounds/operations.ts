import type { Reader } from '../../access/reader.ts';
import { auditAct, auditRefusal } from '../../audit/audit.ts';
import type { Database, Transaction } from '../../store/database.ts';
import type { Answer } from '../answer.ts';
import { FhirError, notFound, notSupported, quoted } from '../fhir-error.ts';
import { breakTheGlass, declareRelationship, revokeRelationship } from './act.ts';
import { tellAccess } from './tell-access.ts';

/** Operations on one person about the reader's own access to the record; all but the first are acts, sent by POST. */
export const groundOperations = ['access', 'declare-relationship', 'revoke-relationship', 'break-glass'] as const;
export type GroundOperation = (typeof groundOperations)[number];

export function isGroundOperation(name: string): name is GroundOperation {
  return (groundOperations as readonly string[]).includes(name);
}

type Act = (sql: Transaction, reader: Reader, body: unknown) => Promise<Answer>;
const acts: Record<Exclude<GroundOperation, 'access'>, Act> = {
  'declare-relationship': declareRelationship,
  'revoke-relationship': revokeRelationship,
  'break-glass': breakTheGlass,
};

/**
 * Answers one of them for the person of the token; any other person is not found, as everywhere. A refusal is written to the
 * audit. Throws FhirError.
 */
export async function aboutGrounds(
  database: Database,
  reader: Reader,
  { operation, id }: { operation: GroundOperation; id: string },
  given: [string, string][],
  body: unknown,
): Promise<Answer> {
  try {
    if (id !== reader.patient) throw notFound('There is no such Patient for this person.');
    const other = given.find(([name]) => name !== '_format');
    if (other !== undefined) throw notSupported(`The parameter ${quoted(other[0])} is not supported here.`);
    requireReading(reader);
    if (operation === 'access') {
      await auditAct(database, reader, { action: operation });
      return await tellAccess(database, reader);
    }
    return await database.transaction((sql) => acts[operation](sql, reader, body));
  } catch (error) {
    // Also what was sent and could not be taken: a last resort that was tried is told.
    if (error instanceof FhirError && error.status !== 404 && operation !== 'access') {
      await auditRefusal(database, reader, { action: operation, type: 'Patient', ids: [id], detail: error.message });
    }
    throw error;
  }
}

/** Whatever is said here is about reading: an app that reads nothing has no part in it. */
function requireReading({ scopes }: Reader): void {
  if (scopes.some(({ actions }) => /[rs]/.test(actions))) return;
  throw new FhirError(403, 'forbidden', 'The app was not given the permission to read.', {
    'www-authenticate': 'Bearer error="insufficient_scope"',
  });
}
