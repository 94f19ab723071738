import type { Instead } from '../stream-reader.ts';
import type { StreamId } from '../record-state.ts';
import { search } from '../searches.ts';
import type { Capabilities } from './capabilities.ts';

/** What is asked for instead of a search that the hub refused, and what that search goes without. */
export interface Plan {
  instead: Instead;
  /** Names of the parameters left out: `encounter:missing`, `_sort`, `_include`. */
  without: readonly string[];
}

type Parameter = readonly [name: string, value: string];

/**
 * What to ask for where a hub refused a stream's first page. First what its own statement does not promise is left out, then
 * everything but whose record it is: two plans, never a loop. Undefined: nothing is left to try.
 */
export function planFor(
  stream: StreamId,
  refused: string,
  capabilities: Capabilities | undefined,
  refusals: number,
): Plan | undefined {
  if (capabilities?.searches(stream) === false) return { instead: 'absent', without: [] };
  const asked = [...new URLSearchParams(refused.slice(refused.indexOf('?') + 1))];
  const promised = capabilities === undefined ? asked : asked.filter((one) => isPromised(one, stream, capabilities));
  const plans = [promised, asked.filter(isWhose)].filter(({ length }) => length < asked.length);
  const kept = plans[refusals];
  if (kept === undefined) return undefined;
  // Whose reading it is can be told only by asking: every measurement of a life is not read to find the person's own.
  if (asked.some(isPerformer) && !kept.some(isPerformer)) {
    return capabilities === undefined ? undefined : { instead: 'absent', without: ['performer'] };
  }
  const left = asked.filter((one) => !kept.includes(one)).map(([name]) => name);
  const address = search(
    stream,
    kept.map((one) => bySubject(one, stream, capabilities)),
  );
  return { instead: { address }, without: [...new Set(left)] };
}

/** Modifiers are never listed in a CapabilityStatement of R4, nor is `_sort`, for one type alone. */
function isPromised([name, value]: Parameter, type: string, capabilities: Capabilities): boolean {
  if (name === '_include') {
    const includes = capabilities.includes(type);
    return includes !== undefined && (includes.has(value) || includes.has('*'));
  }
  if (name.startsWith('_') || name === 'patient') return true;
  return !name.includes(':') && (capabilities.parameters(type)?.has(name) ?? true);
}

function isWhose([name]: Parameter): boolean {
  return name === 'patient' || name === '_count';
}

function isPerformer([name]: Parameter): boolean {
  return name === 'performer';
}

/** Some servers know the person of a type as its subject only. */
function bySubject([name, value]: Parameter, type: string, capabilities: Capabilities | undefined): Parameter {
  const names = capabilities?.parameters(type);
  const only = name === 'patient' && names !== undefined && !names.has('patient') && names.has('subject');
  return only ? ['subject', `Patient/${value}`] : [name, value];
}
