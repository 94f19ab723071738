import { expect, it } from 'vitest';
import { factsOf, read, source } from '../../timeline/key-information/testing.ts';
import { urgentInformationOf } from '../../timeline/key-information/urgent.ts';
import { unreadAlerts, unreadWords, urgentSections } from './urgent-sections.ts';

const flag = { resourceType: 'Flag', id: 'f', status: 'active', code: { text: 'Lives alone' } } as const;

it('the strip always names resuscitation plans, and what is recorded', () => {
  const urgent = urgentInformationOf(factsOf({ Flag: read({ ...flag }) }));
  expect(urgentSections(urgent).map(([, { title }]) => title)).toEqual([
    'Resuscitation and escalation plans not recorded',
    'Alerts recorded',
  ]);
  expect(unreadAlerts(urgent)).toEqual([]);
});

it('alerts that could not be read are all named, in one sentence (misreading 2)', () => {
  const urgent = urgentInformationOf(factsOf({}, { sources: [source('emis', 'failed')] }));
  expect(urgentSections(urgent).map(([, { title }]) => title)).toEqual([
    'Resuscitation and escalation plans unavailable',
  ]);
  expect(unreadWords(unreadAlerts(urgent))).toBe(
    'Safeguarding concerns, special notes, reasonable adjustments, alerts unavailable',
  );
});
