import { expect, it } from 'vitest';
import { laneOf, type SettingSigns } from './lane.ts';

const signs = (parts: Partial<SettingSigns>): SettingSigns => ({
  source: undefined,
  classCode: undefined,
  typeWords: [],
  placeWords: [],
  placeCodes: [],
  ...parts,
});

it.each<[string, Partial<SettingSigns>, string]>([
  ['a GP’s own consultation', { source: 'emis', typeWords: ['GP Surgery'] }, 'gp'],
  ['a stay that the GP files', { source: 'emis', classCode: 'IMP' }, 'hospital'],
  ['an outpatient letter at the GP', { source: 'emis', typeWords: ['Outpatient clinic'] }, 'hospital'],
  ['an A+E report at the GP', { source: 'emis', typeWords: ['A+E report'] }, 'hospital'],
  [
    'what the GP entered of a hospital that only its place names',
    { source: 'emis', typeWords: ['Externally Entered'], placeWords: ['Whittington Hospital'] },
    'hospital',
  ],
  ['what the GP entered and nobody placed', { source: 'emis', typeWords: ['Externally Entered'] }, 'gp'],
  ['an out-of-hours call at the GP', { source: 'emis', typeWords: ['Out of hours call'] }, 'urgent'],
  ['a district nurse in EMIS', { source: 'emis', typeWords: ['District nursing service'] }, 'community'],
  ['a mental health trust in EMIS', { source: 'emis', typeWords: ['Adult mental health service'] }, 'mental-health'],
  ['Adastra', { source: 'adastra', classCode: 'EMER' }, 'urgent'],
  ['the council', { source: 'liquidlogic', typeWords: ['Mental Health Support'] }, 'social-care'],
  ['the person', { source: 'patient' }, 'patient'],
  ['a ward', { source: 'system-c', classCode: 'IMP' }, 'hospital'],
  ['a clinic', { source: 'carecast', classCode: 'AMB', typeWords: ['Cardiology service'] }, 'hospital'],
  [
    'a community nurse of a hospital trust',
    { source: 'system-c', typeWords: ['Community nursing service'] },
    'community',
  ],
  ['a home visit of a hospital trust', { source: 'system-c', classCode: 'HH' }, 'community'],
  ['liaison psychiatry', { source: 'system-c', typeWords: ['Liaison psychiatry service'] }, 'mental-health'],
  ['American inpatient', { classCode: 'IMP' }, 'hospital'],
  ['American emergency', { classCode: 'EMER', typeWords: ['Emergency room admission'] }, 'hospital'],
  ['American wellness', { classCode: 'AMB', typeWords: ['Well child visit'] }, 'gp'],
  ['American urgent care', { classCode: 'AMB', typeWords: ['Urgent care clinic'] }, 'urgent'],
  ['American home health', { classCode: 'HH' }, 'community'],
  ['Interweave 111', { classCode: '111' }, 'urgent'],
  ['only a place name', { placeWords: ['Goodinge Group Practice', 'The Surgery'] }, 'gp'],
  ['only a place code', { placeCodes: ['D02'] }, 'urgent'],
  ['nothing at all', {}, 'hospital'],
])('%s stands in its lane', (_, parts, lane) => {
  const decision = laneOf(signs(parts));
  expect(decision.lane).toBe(lane);
  expect(decision.because).not.toBe('');
});
