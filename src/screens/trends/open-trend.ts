import { createContext } from 'react';
import type { TrendAsk } from '../../timeline/trends/trend-ask.ts';

/** Shows results over time; the host provides it. Undefined where there is none, as on paper. */
export const OpenTrend = createContext<((ask: TrendAsk) => void) | undefined>(undefined);
