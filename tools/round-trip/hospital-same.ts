import type { Resource } from 'fhir/r4';
import type { Label } from '../../mocks/borough/facts.ts';
import type { Compared } from './adastra.ts';

/** Whether the hub holds what is true; `excuse` is why it cannot, where the format or its users do not say it. */
export function sameAs(
  item: string,
  truth: string | number | undefined,
  told: string | number | undefined,
  excuse?: string,
): Compared {
  if (truth === told) return { item, lost: undefined };
  if (excuse !== undefined) return { item, lost: excuse };
  if (told === undefined) return { item, lost: 'lost' };
  if (truth === undefined) return { item, lost: 'made up' };
  if (typeof told === 'string' && told.slice(16, 19) === ':00' && String(truth).slice(0, 16) === told.slice(0, 16)) {
    return { item, lost: 'format: times are to the minute' };
  }
  const sameClock = typeof told === 'string' && /T/.test(told) && String(truth).slice(0, 19) === told.slice(0, 19);
  return { item, lost: sameClock ? 'format: a clock without its zone, in the hour that repeats' : 'told otherwise' };
}

/** Whether what is not for everybody is marked so, by the same labels or stricter ones. */
export function labelsTold(item: string, labels: readonly Label[] | undefined, told: Resource | undefined): Compared {
  const marked = new Set(told?.meta?.security?.map(({ code }) => code));
  const missing = (labels ?? []).filter((label) => !marked.has(label));
  if (missing.length > 0) return { item, lost: 'lost' };
  return { item, lost: (labels ?? []).length === 0 && marked.size > 0 ? 'made up' : undefined };
}
