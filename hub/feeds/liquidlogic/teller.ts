import { hash } from 'node:crypto';
import type { Coding, FhirResource, Meta, Period, Reference } from 'fhir/r4';
import { actCode, confidentiality } from '../../../fhir/systems.ts';
import type { Names } from './directory.ts';

/** One person's record while it is put together from what the council said. */
export interface Teller {
  subject: string;
  council: string;
  patient: Reference;
  names: Names;
  resources: FhirResource[];
  doubts: Set<string>;
}

/** Words for who they are, always: a reader may not be able to follow the reference. */
export function organisation(teller: Teller, id: string): Reference {
  const unnamed = id === teller.council ? `Council ${id}` : 'Team or provider, not named';
  return { reference: `Organization/${id}`, display: teller.names.organisation(id) ?? unnamed };
}

export function staff(teller: Teller, id: string): Reference {
  return { reference: `Practitioner/${id}`, display: teller.names.staff(id) ?? 'Not named' };
}

/** An own id that the same thing always has, and nothing of anybody else's: two people may share a reference. */
export function ownId({ subject }: Pick<Teller, 'subject'>, kind: string, name: string): string {
  return `${kind}-${hash('sha256', JSON.stringify([subject, kind, name])).slice(0, 32)}`;
}

/** A period with what is known of it; undefined without either day. */
export function periodOf(start: string | undefined, end: string | undefined): Period | undefined {
  return start === undefined && end === undefined ? undefined : { start, end };
}

/** `meta.security` for what the source marks as sensitive. */
export function metaOf(labels: readonly string[] | undefined): { meta?: Meta } {
  const unique = [...new Set(labels ?? [])].sort();
  return unique.length === 0 ? {} : { meta: { security: unique.map(labelOf) } };
}

function labelOf(code: string): Coding {
  return code === 'R' || code === 'V'
    ? { system: confidentiality, code, display: code === 'R' ? 'restricted' : 'very restricted' }
    : { system: actCode, code };
}
