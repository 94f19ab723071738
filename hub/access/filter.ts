import { isDirectoryType, type ResourceType } from '../../fhir/resource-types.ts';
import { auditInsert, type AuditAct } from '../audit/audit.ts';
import { directory } from '../store/rows.ts';
import type { Access } from './access.ts';
import { deletedBit, kindBits } from './labels.ts';
import type { Reader } from './reader.ts';
import type { Values } from './statement.ts';

// What every read of this folder is made with: whose rows, which of them, and the line in the audit.

/** The compartment a type is read from: a reader sees one person and the directory, and nothing else exists. */
export function compartment(reader: Reader, type: ResourceType): string {
  return isDirectoryType(type) ? directory : reader.patient;
}

/**
 * Which rows this reader may get: the only condition there is on what the policy and the person withhold. An unlabelled row
 * is allowed by what follows too; naming it first lets the planner see that nearly all are, and so read a page from the
 * index in order. Where nothing but labels is denied, that is all of it.
 * @param row prefix of the row's columns: `r.`
 */
export function allowed({ access }: Pick<Reader, 'access'>, bound: Values, row = ''): string {
  const labels = `(${row}mask = 0 or (${row}mask & ${bound.bind(access.denied, 'integer')}) = 0)`;
  return [labels, ...givenToReader(access, bound, row)].join(' and ');
}

/** As `allowed`, but for what was deleted: its history may be shown where its labels allow. */
export function allowedWhenDeleted(reader: Reader, bound: Values, row = ''): string {
  const labels = `(${row}mask & ${bound.bind(reader.access.denied & ~deletedBit, 'integer')}) = 0`;
  return [labels, ...givenToReader(reader.access, bound, row)].join(' and ');
}

/**
 * Whether something is withheld from this reader that they are to be told of: "some", never what. Whoever sees only who the
 * person is, is told so whatever the record holds.
 */
export function withheldWithNotice({ access, patient }: Reader, bound: Values): string {
  if (access.onlyTypes !== undefined) return 'true';
  const labels = `mask <> 0 and (mask & ${bound.bind(access.denied, 'integer')}) <> 0`;
  const others = deniedOtherwise(access, bound, '');
  // Labelled rows have an index of their own, which a condition on other rows would not use.
  const denied = others.length === 0 ? labels : `type <> 'Patient' and (${[`(${labels})`, ...others].join(' or ')})`;
  const silent = unsaidOtherwise(access, bound).map((condition) => ` and not ${condition}`);
  return `exists (
    select from resource where patient = ${bound.bind(patient, 'text')} and ${denied}
      and (mask & ${bound.bind(access.unsaid, 'integer')}) = 0${silent.join('')}
  )`;
}

/** Whether this, as SQL of `Type/id`, is in the reader's record and kept from them. */
export function isKept(reader: Reader, target: string, bound: Values): string {
  return `exists (select from resource kept where kept.patient = ${bound.bind(reader.patient, 'text')}
    and kept.type = split_part(${target}, '/', 1) and kept.id = split_part(${target}, '/', 2)
    and not (${allowedWhenDeleted(reader, bound, 'kept.')}))`;
}

/**
 * Whether anything of this record is kept from the reader, with or without a word: where nothing is, no row can point at
 * it, and none is looked through for that (`withoutWithheld`).
 */
export function somethingKept({ access, patient }: Reader, bound: Values): string {
  // Who the person is, services and staff point at nothing of the record.
  if (access.onlyTypes !== undefined) return 'false';
  if (access.deniedSources.length > 0 || access.deniedInPart.length > 0 || !access.general) return 'true';
  return `exists (
    select from resource where patient = ${bound.bind(patient, 'text')} and mask <> 0
      and (mask & ${bound.bind(access.denied & ~deletedBit, 'integer')}) <> 0
  )`;
}

/** Who the person is, services and staff are not withheld by kind or source: only by their labels. */
function givenToReader(access: Access, bound: Values, row: string): string[] {
  // Bound only where it is used: an unused parameter has no type, and the statement would be refused.
  const always = () => `${row}type = 'Patient' or ${row}patient = ${bound.bind(directory, 'text')}`;
  if (access.onlyTypes !== undefined)
    return [`(${always()} or ${row}type = any(${bound.bind(access.onlyTypes, 'text[]')}))`];
  const others = deniedOtherwise(access, bound, row);
  return others.length === 0 ? [] : [`(${always()} or not (${others.join(' or ')}))`];
}

/** What is denied by source or as the general kind. */
function deniedOtherwise(access: Access, bound: Values, row: string): string[] {
  return [
    ...(access.deniedSources.length === 0 ? [] : [`${row}source = any(${bound.bind(access.deniedSources, 'text[]')})`]),
    ...(access.general ? [] : [generalKind(access, bound, row)]),
    ...access.deniedInPart.map(({ source, bits, general }) => {
      const ofKind = [
        ...(bits === 0 ? [] : [`(${row}mask & ${bound.bind(bits, 'integer')}) <> 0`]),
        ...(general ? [generalKind(access, bound, row)] : []),
      ];
      return `(${row}source = ${bound.bind(source, 'text')} and (${ofKind.join(' or ')}))`;
    }),
  ];
}

function unsaidOtherwise(access: Access, bound: Values): string[] {
  return [
    ...(access.unsaidSources.length === 0 ? [] : [`source = any(${bound.bind(access.unsaidSources, 'text[]')})`]),
    ...(access.unsaidGeneral ? [generalKind(access, bound, '')] : []),
  ];
}

/** Rows of none of the kinds that a label or a social care source makes. */
function generalKind({ socialSources }: Access, bound: Values, row: string): string {
  return `((${row}mask & ${bound.bind(kindBits, 'integer')}) = 0
    and ${row}source <> all(${bound.bind(socialSources, 'text[]')}))`;
}

/** The audit row of a read, for a CTE beside it. `found` is SQL for how many rows it gave out. */
export function audited(reader: Reader, act: AuditAct, found: string, bound: Values): string {
  return auditInsert(reader, act, 'served', found, (value, type) => bound.bind(value, type));
}
