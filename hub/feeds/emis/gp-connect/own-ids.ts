import { hash } from 'node:crypto';

const guids = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;
const fhirId = /^[A-Za-z0-9\-.]{1,64}$/;

/**
 * A resource's id as it is told to the hub. EMIS names things by GUIDs, unique wherever they were made; any other id may be in
 * use at a second practice for somebody else's record (false join, wrong patient): it is told with the practice's ODS code
 * before it, once. What FHIR does not take for an id is told as its digest.
 */
export function ownId(id: string, organisation: string): string {
  const own = id.search(guids) === 0 || id.startsWith(`${organisation}-`) ? oneName(id) : `${organisation}-${id}`;
  return fitting(own);
}

/** An id made from another one: `…-notes`. */
export function derivedId(base: string, part: string): string {
  return fitting(`${base}-${part}`);
}

function fitting(own: string): string {
  return fhirId.test(own) ? own : hash('sha256', own, 'hex');
}

/** GUIDs in small letters, as EMIS extracts are read too: written in capitals or not, they are one name. */
export function oneName(id: string): string {
  return id.replaceAll(guids, (guid) => guid.toLowerCase());
}
