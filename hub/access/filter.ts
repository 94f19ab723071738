import { isDirectoryType, type ResourceType } from '../../fhir/resource-types.ts';
import { auditInsert, type AuditAct } from '../audit/audit.ts';
import { directory } from '../store/rows.ts';
import { deletedBit, hiddenBits, noticeBits } from './labels.ts';
import { deniedMask } from './policy.ts';
import type { Reader } from './reader.ts';
import type { Values } from './statement.ts';

// What every read of this folder is made with: whose rows, which of them, and the line in the audit.

/** The compartment a type is read from: a reader sees one person and the directory, and nothing else exists. */
export function compartment(reader: Reader, type: ResourceType): string {
  return isDirectoryType(type) ? directory : reader.patient;
}

/**
 * Which rows this reader may get: the only condition on labels there is. An unlabelled row is allowed by what follows
 * too; naming it first lets the planner see that nearly all are, and so read a page from the index in order.
 */
export function allowed(reader: Reader, bound: Values, column = 'mask'): string {
  return `(${column} = 0 or (${column} & ${bound.bind(deniedMask(reader), 'integer')}) = 0)`;
}

/** As `allowed`, but for what was deleted: its history may be shown where its labels allow. */
export function allowedWhenDeleted(reader: Reader, bound: Values, column = 'mask'): string {
  return `(${column} & ${bound.bind(deniedMask(reader) & ~deletedBit, 'integer')}) = 0`;
}

/** A row that this reader is to be told of without being shown it: labelled with notice, and by nothing that hides it. */
export function withheldWithNotice(reader: Reader, bound: Values): string {
  return `exists (
    select from resource where patient = ${bound.bind(reader.patient, 'text')} and mask <> 0
      and (mask & ${bound.bind(noticeBits, 'integer')}) <> 0
      and (mask & ${bound.bind(hiddenBits | deletedBit, 'integer')}) = 0
      and (mask & ${bound.bind(deniedMask(reader), 'integer')}) <> 0
  )`;
}

/** The audit row of a read, for a CTE beside it. `found` is SQL for how many rows it gave out. */
export function audited(reader: Reader, act: AuditAct, found: string, bound: Values): string {
  return auditInsert(reader, act, 'served', found, (value, type) => bound.bind(value, type));
}
