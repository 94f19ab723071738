import type { RowQuery } from '../access/row-query.ts';
import type { Capability, Parameter } from './capabilities.ts';
import { badRequest, FhirError, notSupported, quoted } from './fhir-error.ts';
import { referencePrefix } from './tokens.ts';
import { alternatives, isId, readDate, readReference, readToken, referenceParts } from './values.ts';

/** Where a search is asked: the FHIR base, and the one person the token names. */
export interface SearchContext {
  base: string;
  patient: string;
}

/** The part of a query that says which rows. */
export type Conditions = Pick<RowQuery, 'ids' | 'tokens' | 'missing' | 'dates'>;

/** Adds one search parameter. Throws FhirError when it, its modifier or its value is not supported, naming it. */
export function addCondition(
  to: Conditions,
  capability: Capability,
  given: string,
  value: string,
  context: SearchContext,
): void {
  const [name = '', modifier, ...rest] = given.split(':');
  const parameter = capability.parameters.get(name);
  if (parameter === undefined) {
    const known = [...capability.parameters.keys()].join(', ');
    throw notSupported(`The parameter ${quoted(given)} is not supported for ${capability.type}. Supported: ${known}.`);
  }
  if (modifier !== undefined) {
    if (modifier !== 'missing' || rest.length > 0 || parameter.kind !== 'reference' || !parameter.missing) {
      throw notSupported(`The modifier in ${quoted(given)} is not supported for ${capability.type}.`);
    }
    if (value !== 'true' && value !== 'false') throw badRequest(`The parameter ${given} is true or false.`);
    to.missing.push({ prefix: referencePrefix(name), missing: value === 'true' });
    return;
  }
  addValue(to, parameter, value, context);
}

function addValue(to: Conditions, parameter: Parameter, value: string, { base, patient }: SearchContext): void {
  const { name } = parameter;
  switch (parameter.kind) {
    case 'person': {
      for (const one of alternatives(name, value)) {
        const { type, id } = referenceParts(name, one, base);
        if ((type !== undefined && type !== 'Patient') || id !== patient) {
          throw new FhirError(403, 'forbidden', 'This sign-in reads one person, and the search asks for another.');
        }
      }
      break;
    }
    case 'id': {
      const ids = alternatives(name, value);
      if (!ids.every(isId)) throw badRequest('The parameter _id is an id, or ids with commas between them.');
      to.ids = to.ids === undefined ? [...new Set(ids)] : to.ids.filter((id) => ids.includes(id));
      break;
    }
    case 'date':
      to.dates.push(readDate(name, value, parameter.field));
      break;
    case 'token':
      to.tokens.push(alternatives(name, value).map((one) => readToken(name, one)));
      break;
    case 'reference':
      to.tokens.push(alternatives(name, value).flatMap((one) => readReference(name, one, parameter.targets, base)));
      break;
  }
}
