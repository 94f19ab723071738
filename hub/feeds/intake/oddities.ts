import { parsePartialDate } from '../../../fhir/partial-date.ts';
import { typeOf, walkObjects, type JsonObject } from '../../resource/json.ts';

/**
 * What is odd about a resource but no reason to refuse it: it is taken as it came, nothing is mended, and the app shows
 * what is there (T1, T3). Sentences for the operator, without patient data.
 */
export function odditiesOf(resource: JsonObject): string[] {
  const type = typeOf(resource);
  const found = new Set<string>();
  if (type === 'Encounter') {
    if (resource['class'] === undefined) found.add('Encounter without a class');
    if (!Array.isArray(resource['type']) || resource['type'].length === 0) found.add('Encounter without a type');
    if (resource['period'] === undefined) found.add('Encounter without a period');
  }
  walkObjects(resource, (object) => {
    const { start, end } = object;
    if (typeof start === 'string' && typeof end === 'string' && endsBeforeStart(start, end)) {
      found.add(`${type} that ends before it starts`);
    }
    for (const text of [start, end]) {
      if (typeof text === 'string' && /T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text)) {
        found.add(`${type} with a time without a zone, read as UK time`);
      }
    }
  });
  return [...found];
}

/** Spans that merely touch or overlap (`2019` to `2019-03`) are not odd. */
function endsBeforeStart(start: string, end: string): boolean {
  const [first, last] = [parsePartialDate(start), parsePartialDate(end)];
  return first !== undefined && last !== undefined && last.end <= first.start;
}
