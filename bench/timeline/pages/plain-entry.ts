import type { Resource } from 'fhir/r4';

/** An entry as a plain list shows it. */
export interface PlainEntry {
  resource: Resource;
  /** As the resource writes it. */
  date: string;
  /** Epoch milliseconds; NaN without a date. */
  at: number;
  title: string;
  second: string;
}

interface Loose {
  period?: { start?: string };
  executionPeriod?: { start?: string };
  start?: string;
  date?: string;
  effectiveDateTime?: string;
  occurrenceDateTime?: string;
  authoredOn?: string;
  type?: Words | Words[];
  code?: Words;
  serviceType?: Words | Words[];
  reasonCode?: Words[];
  serviceProvider?: { display?: string };
  description?: string;
}

interface Words {
  text?: string;
}

/** Date, title and second line straight from the elements that usually hold them: no rule, no caution, no other source. */
export function plainEntry(resource: Resource): PlainEntry {
  const stated = resource as Resource & Loose;
  const date =
    stated.period?.start ??
    stated.executionPeriod?.start ??
    stated.start ??
    stated.date ??
    stated.effectiveDateTime ??
    stated.occurrenceDateTime ??
    stated.authoredOn ??
    '';
  const title = first(stated.type) ?? stated.code?.text ?? stated.description ?? resource.resourceType;
  const second = [stated.serviceProvider?.display, first(stated.serviceType), stated.reasonCode?.[0]?.text];
  return { resource, date, at: Date.parse(date), title, second: second.filter(Boolean).join(' · ') };
}

function first(words: Words | Words[] | undefined): string | undefined {
  return (Array.isArray(words) ? words[0] : words)?.text;
}
