import { keptForPerson } from '../access/labels.ts';
import { isObject, type JsonObject } from '../resource/json.ts';

/**
 * A Consent as the hub keeps it: labelled for the person alone. What somebody keeps back, and from whom, tells of it, so that
 * nobody else is shown it and no notice speaks of it (leaked record).
 */
export function withOwnLabel(consent: JsonObject): JsonObject {
  const meta = isObject(consent['meta']) ? consent['meta'] : {};
  const labels = Array.isArray(meta['security']) ? meta['security'] : [];
  const others = labels.filter((label) => !isObject(label) || label['system'] !== keptForPerson.system);
  return { ...consent, meta: { ...meta, security: [...others, { ...keptForPerson }] } };
}
