import type { Observation } from 'fhir/r4';
import { use } from 'react';
import { trendAskOf } from '../../timeline/trends/trend-ask.ts';
import { Button } from '../../ui/button.tsx';
import { OpenTrend } from './open-trend.ts';

export interface TrendLinkProps {
  observation: Observation;
  patientId: string;
  /** Epoch milliseconds. */
  now: number;
}

/** Opens a result over time, where it is a number under a code that can be looked for; else nothing. */
export function TrendLink({ observation, patientId, now }: TrendLinkProps) {
  const open = use(OpenTrend);
  const ask = trendAskOf(observation, { patientId, now });
  if (open === undefined || ask === undefined) return null;
  return (
    <Button look="quiet" aria-label={`${ask.name} over time`} onClick={() => open(ask)}>
      Over time
    </Button>
  );
}
