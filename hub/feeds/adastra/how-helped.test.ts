import { expect, it } from 'vitest';
import { howOf } from './how-helped.ts';

it('what a place and a kind of case are called says how somebody was helped; what says nothing is not guessed', () => {
  for (const [place, caseType, how] of [
    ['NHS 111 telephone', undefined, '111'],
    ['Telephone', 'Base appointment', 'call'],
    ['Clinician call back', 'Home visit', 'call'],
    ['Remote triage', undefined, 'call'],
    ['Home visit', undefined, 'home'],
    ['Residential home', 'Base appointment', 'home'],
    ['Visiting car 2', 'Home visit', 'home'],
    ['Invented Walk-In Centre', undefined, 'base'],
    ['St Invented', 'Home visit', 'base'],
    [undefined, 'Home visit', 'home'],
    [undefined, 'Base appointment', 'base'],
    [undefined, 'Doctor telephone advice', 'call'],
    [undefined, 'Dental', 'unknown'],
    [undefined, undefined, 'unknown'],
  ] as const)
    expect(howOf(place, caseType), `${place} | ${caseType}`).toBe(how);
});
