import type { OperationOutcomeIssue } from 'fhir/r4';
import { expect, it } from 'vitest';
import { sourceOfIssue } from './sources.ts';

const base = 'https://care-timeline.example/fhir/StructureDefinition';

function issueAbout(source: string, name?: string): OperationOutcomeIssue {
  const called = name === undefined ? [] : [{ url: `${base}/name`, valueString: name }];
  return {
    severity: 'warning',
    code: 'incomplete',
    extension: [
      { url: `${base}/source`, valueCode: source },
      { url: `${base}/status`, valueCode: 'not-connected' },
      ...called,
    ],
  };
}

it('a source is called what the hub calls it, also before the list of sources was read', () => {
  expect(sourceOfIssue(issueAbout('ambulance', 'London Ambulance Service'))?.name).toBe('London Ambulance Service');
});

it('where the hub gives no name, a known source has its own and another its id', () => {
  expect(sourceOfIssue(issueAbout('adastra'))?.name).toBe('Out-of-hours and 111 records');
  expect(sourceOfIssue(issueAbout('ambulance'))?.name).toBe('ambulance');
});

it('an issue about no source is none', () => {
  expect(sourceOfIssue({ severity: 'warning', code: 'incomplete' })).toBeUndefined();
});
