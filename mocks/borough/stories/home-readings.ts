import { dayAt } from '../clock.ts';
import type { Telling } from '../life.ts';

/** A reading the person took at home, in the morning. */
export function homeReading(
  t: Telling,
  around: number,
  type: 'blood-pressure' | 'weight' | 'glucose' | 'oxygen',
  values: number[],
): void {
  const device = {
    'blood-pressure': 'Upper-arm blood pressure monitor',
    weight: 'Bathroom scales',
    glucose: 'Blood glucose meter',
    oxygen: 'Finger pulse oximeter',
  }[type];
  t.tell({ kind: 'reading', type, values, device, start: dayAt(around, 0, 7, t.random.int(40, 59)) });
}
