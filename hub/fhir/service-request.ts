import { isDirectoryType } from '../../fhir/resource-types.ts';
import type { Reader } from '../access/reader.ts';
import { FhirError, notFound } from './fhir-error.ts';
import type { Interaction } from './interaction.ts';
import { isId } from './values.ts';

// A service's token names no person, so each of its requests has to, in its address, before anything is read: then it is
// a reader of that one person like any other. What would search across people is refused.

/**
 * The one person that a request names by its address: the person whose record it asks for, or the only value of `patient`
 * (`_id` for Patient itself). Undefined where it names nobody or several.
 */
export function personNamed(interaction: Interaction, query: string, base: string): string | undefined {
  if (interaction.kind === 'everything') return interaction.id;
  if (interaction.kind === 'read' && interaction.type === 'Patient') return interaction.id;
  if (interaction.kind !== 'search' || interaction.form) return undefined;
  const param = interaction.type === 'Patient' ? '_id' : 'patient';
  const names = new URLSearchParams(query).getAll(param).map((value) => {
    const local = value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value;
    return param === 'patient' && local.startsWith('Patient/') ? local.slice('Patient/'.length) : local;
  });
  const [name, ...others] = names;
  return name !== undefined && others.every((other) => other === name) && isId(name) ? name : undefined;
}

/**
 * Throws 403 where a service asks for what names nobody, or for anything but reading, and where the
 * rollout has not come to it or to the person yet; 404 where nobody is known by the
 * name any more: a record that was merged into another one is not answered as an empty one.
 */
export function checkServiceRequest(interaction: Interaction, reader: Reader, named: string | undefined): void {
  const { kind } = interaction;
  if (kind === 'bundle' || kind === 'write' || kind === 'grounds' || kind === 'print')
    throw refused('A service sends its requests one by one, and only reads.');
  const ofDirectory =
    (kind === 'read' || kind === 'vread' || kind === 'search' || kind === 'history') &&
    isDirectoryType(interaction.type);
  if (!ofDirectory && named === undefined) {
    throw refused('A service names the person in the address: Patient/[id], or a search by GET with patient=[id].');
  }
  if (!ofDirectory && reader.patient !== named) throw notFound('There is no such Patient.');
  if (reader.outside !== undefined) throw new FhirError(403, 'forbidden', reader.outside);
}

function refused(words: string): FhirError {
  return new FhirError(403, 'forbidden', words, { 'www-authenticate': 'Bearer error="insufficient_scope"' });
}
