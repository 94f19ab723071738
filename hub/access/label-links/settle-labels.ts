import { isDirectoryType, isResourceType, type ResourceType } from '../../../fhir/resource-types.ts';
import { deletedBit, labelBits, maskOf } from '../labels.ts';
import { withdrawnOrigin } from '../../people/origin.ts';
import type { Sql } from '../../store/database.ts';
import { resourceId } from '../../store/ids.ts';
import { directory, type NewRow } from '../../store/rows.ts';
import { isHeldBy, labelParts } from './link-parts.ts';
import { isObject, walkObjects, type Json, type JsonObject } from '../../resource/json.ts';
import { parseReference, referencesIn } from '../../resource/reference.ts';
import { sourceUri } from '../../resource/stamp.ts';

/** The labels of one row as they must stand after a batch. */
export interface SettledMask {
  patient: string;
  type: string;
  id: string;
  mask: number;
}

interface Node extends SettledMask {
  type: ResourceType;
  /** `Type/id` of what it takes labels from, or gives them to. */
  links: string[];
}

/**
 * Passes labels through everything of the people whom these rows are about, what is stored already together with what
 * is new: a label reaches whatever is linked to it, in whichever message and order the two were told, stays on what is
 * told again alone, and goes when its source takes it off (leaked record). Sets the masks of the rows, and answers those
 * of all rows of these people, to be written after them.
 * @param floors labels by `Type/hub id` of what else the input tells of: parts of one input are written one after another
 */
export async function settleLabels(
  sql: Sql,
  rows: readonly NewRow[],
  floors: ReadonlyMap<string, number>,
): Promise<SettledMask[]> {
  const ofPeople = rows.filter(({ patient }) => patient !== directory);
  const people = [...new Set(ofPeople.map(({ patient }) => patient))];
  if (people.length === 0) return [];
  const marked = await markedRows(sql, [directory, ...people]);
  const services = new Map(
    marked.flatMap(({ patient, type, id, mask }) => (patient === directory ? [[`${type}/${id}`, mask]] : [])),
  );
  const seals = sealsOf(marked);
  const pointsAtService = ({ type, source, content }: NewRow) =>
    services.size > 0 && linksOf(labelParts(type, parsed(content)), source).some((link) => services.has(link));
  const concerned = new Set([
    ...marked.map(({ patient }) => patient),
    ...ofPeople.filter((row) => row.mask !== 0 || pointsAtService(row)).map(({ patient }) => patient),
  ]);
  concerned.delete(directory);
  if (concerned.size === 0) return [];
  const nodes = new Map((await storedNodes(sql, [...concerned], floors)).map((node) => [keyOf(node), node]));
  // Several messages may tell of one thing: the last one counts.
  for (const row of ofPeople) if (concerned.has(row.patient)) nodes.set(keyOf(row), nodeOf(row, parsed(row.content)));
  pass(nodes, services, seals);
  for (const row of ofPeople) row.mask = nodes.get(keyOf(row))?.mask ?? row.mask;
  return [...nodes.values()].map(maskOfNode);
}

/**
 * The same for everything that is stored of one person, with nothing new: where what was sealed, or what was written beside
 * the sources, changes what labels there are. Writes the masks.
 */
export async function settlePerson(sql: Sql, patient: string): Promise<void> {
  const marked = await markedRows(sql, [directory, patient]);
  const services = new Map(
    marked.flatMap((row) => (row.patient === directory ? [[`${row.type}/${row.id}`, row.mask]] : [])),
  );
  const nodes = new Map((await storedNodes(sql, [patient], new Map())).map((node) => [keyOf(node), node]));
  pass(nodes, services, sealsOf(marked));
  await writeMasks(sql, [...nodes.values()].map(maskOfNode));
}

/** One row that has a label, or is sealed. */
export interface MarkedRow extends SettledMask {
  sealed: boolean;
}

/** Every row of these compartments that has a label, and every item that was sealed in them. */
export async function markedRows(sql: Sql, patients: readonly string[]): Promise<MarkedRow[]> {
  return sql.query<MarkedRow>(
    `select patient, type, id, mask, false as sealed from resource
     where patient = any($1::text[]) and mask <> 0 and (mask & $3::integer) = 0 and type <> 'Patient' and origin <> $2
     union all
     select distinct patient, type, id, 0 as mask, true as sealed from sealed_item where patient = any($1::text[])`,
    [patients, withdrawnOrigin, deletedBit],
  );
}

function sealsOf(marked: readonly MarkedRow[]): ReadonlySet<string> {
  return new Set(marked.filter(({ sealed }) => sealed).map(keyOf));
}

function maskOfNode({ patient, type, id, mask }: Node): SettledMask {
  return { patient, type, id, mask };
}

/** Writes the labels where they differ from what is stored. It is no new version: nothing was told anew. */
export async function writeMasks(sql: Sql, settled: readonly SettledMask[]): Promise<void> {
  if (settled.length === 0) return;
  await sql.query(
    `update resource r set mask = k.mask
     from unnest($1::text[], $2::text[], $3::text[], $4::integer[]) as k(patient, type, id, mask)
     where r.patient = k.patient and r.type = k.type and r.id = k.id and r.mask <> k.mask and r.origin <> $5
       and (r.mask & $6::integer) = 0`,
    [
      settled.map(({ patient }) => patient),
      settled.map(({ type }) => type),
      settled.map(({ id }) => id),
      settled.map(({ mask }) => mask),
      // What was withdrawn or deleted meanwhile stays hidden.
      withdrawnOrigin,
      deletedBit,
    ],
  );
}

async function storedNodes(sql: Sql, people: string[], floors: ReadonlyMap<string, number>): Promise<Node[]> {
  const stored = await sql.query<Pick<NewRow, 'patient' | 'type' | 'id' | 'source' | 'content'>>(
    `select patient, type, id, source, content from resource
     where patient = any($1::text[]) and (mask & $3::integer) = 0 and type <> 'Patient' and origin <> $2`,
    [people, withdrawnOrigin, deletedBit],
  );
  return stored.map((row) => {
    const resource = parsed(row.content);
    const mask = maskOf(resource) | (floors.get(`${row.type}/${row.id}`) ?? 0);
    return nodeOf({ ...row, mask }, resource);
  });
}

function nodeOf(
  { patient, type, id, source, mask }: Pick<NewRow, 'patient' | 'type' | 'id' | 'source' | 'mask'>,
  resource: JsonObject,
): Node {
  return { patient, type, id, mask, links: linksOf(labelParts(type, resource), source) };
}

function parsed(content: string): JsonObject {
  return JSON.parse(content) as JsonObject;
}

/** Until nothing changes: each round carries a label at least one link further. */
function pass(
  nodes: ReadonlyMap<string, Node>,
  services: ReadonlyMap<string, number>,
  seals: ReadonlySet<string>,
): void {
  for (const key of seals) {
    const sealed = nodes.get(key);
    if (sealed !== undefined) sealed.mask |= labelBits.sealed;
  }
  let changed = true;
  const raise = (node: Node, mask: number): void => {
    changed ||= (node.mask | mask) !== node.mask;
    node.mask |= mask;
  };
  while (changed) {
    changed = false;
    for (const node of nodes.values()) {
      for (const link of node.links) {
        raise(node, services.get(link) ?? 0);
        const target = nodes.get(`${node.patient} ${link}`);
        if (target === undefined) continue;
        raise(node, target.mask);
        if (isHeldBy(node.type, target.type)) raise(target, node.mask);
      }
    }
  }
}

function keyOf({ patient, type, id }: SettledMask | NewRow): string {
  return `${patient} ${type}/${id}`;
}

/**
 * What stored text points at, as `Type/hub id`. What came before the thing it points at was kept under the source's own
 * id, as an identifier or as the address of an attachment: those count as well.
 */
export function linksOf(parts: Json, source: string): string[] {
  const links = referencesIn(parts);
  walkObjects(parts, ({ identifier, reference, type }) => {
    if (typeof reference === 'string' || !isObject(identifier) || typeof identifier['value'] !== 'string') return;
    const { system, value } = identifier;
    if (system !== sourceUri(source) && system !== 'urn:ietf:rfc:3986') return;
    links.push(value.startsWith('urn:uuid:') && typeof type === 'string' ? `${type}/${value.slice(9)}` : value);
  });
  return [...new Set(links.flatMap((link) => idsOf(link, source)))];
}

function idsOf(link: string, source: string): string[] {
  const parsed = parseReference(link.replace(/^https?:.*\/([A-Z][A-Za-z]+\/[^/]+)$/, '$1'));
  if (parsed?.form !== 'literal' || parsed.type === 'Patient' || !isResourceType(parsed.type)) return [];
  const { type, id } = parsed;
  return isDirectoryType(type) ? [`${type}/${id}`] : [`${type}/${id}`, `${type}/${resourceId(source, type, id)}`];
}
