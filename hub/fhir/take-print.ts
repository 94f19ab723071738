import type { AuditEvent } from 'fhir/r4';
import type { Reader } from '../access/reader.ts';
import { auditAct, auditRefusal } from '../audit/audit.ts';
import type { Sql } from '../store/database.ts';
import { directory } from '../store/rows.ts';
import { json, type Answer } from './answer.ts';
import { auditActSystem } from './audit-event.ts';
import { FhirError } from './fhir-error.ts';

/**
 * Takes an AuditEvent by which an app tells that it printed. The line is written from the token: of what was sent it says that
 * it was a print, and nothing else is kept. Whoever may read may print, so that it takes no scope of its own. Throws 403 and
 * 422, in words and in the audit.
 */
export async function takePrint(sql: Sql, reader: Reader, base: string, body: unknown): Promise<Answer> {
  try {
    if (!reader.scopes.some(({ actions }) => /[rs]/.test(actions)) || reader.patient === directory) {
      throw new FhirError(403, 'forbidden', 'What is not read is not printed.', {
        'www-authenticate': 'Bearer error="insufficient_scope"',
      });
    }
    if (!isPrint(body)) {
      const words =
        'The audit is written by the hub. An app tells it of one thing: an Export (DCM 110106) of subtype print.';
      throw new FhirError(422, 'business-rule', words);
    }
  } catch (error) {
    if (error instanceof FhirError) {
      await auditRefusal(sql, reader, { action: 'create', type: 'AuditEvent', detail: error.message });
    }
    throw error;
  }
  const id = await auditAct(sql, reader, { action: 'print' });
  return json('', 201, { location: `${base}/AuditEvent/${id}` });
}

function isPrint(body: unknown): boolean {
  // Whatever came: what is not of this shape is no print.
  const { resourceType, type, subtype } = (body ?? {}) as Partial<Record<keyof AuditEvent, unknown>>;
  const codings: unknown[] = [type, ...(Array.isArray(subtype) ? (subtype as unknown[]) : [])];
  const has = (system: string, code: string) =>
    codings.some((coding) => {
      const { system: its, code: given } = (coding ?? {}) as { system?: unknown; code?: unknown };
      return its === system && given === code;
    });
  return (
    resourceType === 'AuditEvent' &&
    has('http://dicom.nema.org/resources/ontology/DCM', '110106') &&
    has(auditActSystem, 'print')
  );
}
