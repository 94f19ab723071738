import type { Parameters, ParametersParameter } from 'fhir/r4';
import { isObject } from '../../resource/json.ts';
import { json, type Answer } from '../answer.ts';
import { badRequest, quoted } from '../fhir-error.ts';

/** One parameter of an answer, or none where there is nothing to say. */
export type Said = ParametersParameter | undefined;

/** An answer of an operation (R4 Parameters). */
export function parametersAnswer(said: readonly Said[]): Answer {
  const parameters: Parameters = { resourceType: 'Parameters', parameter: said.filter((one) => one !== undefined) };
  return json(JSON.stringify(parameters));
}

/**
 * The parameters that an operation was sent, each once, by name: `code` and `words` are valueCode and valueString. Throws
 * 400 for anything else, by name and never by value.
 * @param takes what the operation takes; an operation that takes nothing may be sent nothing
 */
export function readParameters(
  body: unknown,
  takes: Readonly<Record<string, 'valueCode' | 'valueString'>>,
): ReadonlyMap<string, string> {
  if (body === undefined && Object.keys(takes).length === 0) return new Map();
  if (!isObject(body) || body['resourceType'] !== 'Parameters') {
    throw badRequest('The body is to be a Parameters resource.');
  }
  const list = body['parameter'] ?? [];
  if (!Array.isArray(list)) throw badRequest('Parameters.parameter is to be a list.');
  const read = new Map<string, string>();
  for (const one of list as unknown[]) {
    const name = isObject(one) ? one['name'] : undefined;
    if (!isObject(one) || typeof name !== 'string') throw badRequest('Each parameter is to have a name.');
    const element = Object.hasOwn(takes, name) ? takes[name] : undefined;
    if (element === undefined) throw badRequest(`The parameter ${quoted(name)} is not supported here.`);
    if (read.has(name)) throw badRequest(`The parameter ${name} comes more than once.`);
    const value = one[element];
    const others = Object.keys(one).filter((key) => key !== 'name' && key !== element);
    if (typeof value !== 'string' || others.length > 0)
      throw badRequest(`The parameter ${name} is to be a ${element}.`);
    read.set(name, value.trim());
  }
  return read;
}
