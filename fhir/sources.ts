/** The ids used for sources everywhere: tags, filters, policy, `data-failed`, the desks (design.md, Contracts). */
export const sourceIds = ['emis', 'system-c', 'adastra', 'carecast', 'liquidlogic', 'patient'] as const;
export type SourceId = (typeof sourceIds)[number];

/** What a source is called on the page: the service first, the system in brackets only where a reader must act on it. */
export interface SourceNames {
  /** The system's product name: `Adastra`. */
  system: string;
  /** The service in plain words: `Out-of-hours records`. */
  records: string;
  /** A row's short label: `Out of hours`. */
  label: string;
}

export const sourceNames: Record<SourceId, SourceNames> = {
  emis: { system: 'EMIS', records: 'GP records', label: 'GP' },
  'system-c': { system: 'System C', records: 'Whittington Hospital records', label: 'Whittington Hospital' },
  adastra: { system: 'Adastra', records: 'Out-of-hours and 111 records', label: 'Out of hours' },
  carecast: { system: 'Carecast', records: 'University College Hospital records', label: 'UCLH' },
  liquidlogic: { system: 'Liquidlogic', records: 'Social care records', label: 'Council' },
  patient: { system: 'the person', records: 'Readings shared by the person', label: 'Shared by the person' },
};

export function isSourceId(value: string): value is SourceId {
  return (sourceIds as readonly string[]).includes(value);
}
