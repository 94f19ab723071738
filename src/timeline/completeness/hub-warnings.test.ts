import type { OperationOutcomeIssue } from 'fhir/r4';
import { expect, it } from 'vitest';
import { hubWarnings } from './hub-warnings.ts';

const issue = (severity: OperationOutcomeIssue['severity'], text?: string): OperationOutcomeIssue => ({
  severity,
  code: 'incomplete',
  ...(text !== undefined && { details: { text } }),
});

it('what the hub warns of is said as something that may be missing, in its own words; its information is not (T3)', () => {
  const apart = 'Not shown, because it is not certain that they are this person’s: records in UCLH.';
  expect(hubWarnings([issue('warning', apart), issue('information', '3 matches'), issue('error')])).toEqual([
    { kind: 'lacks', key: `hub-warns:${apart}`, text: apart },
    { kind: 'lacks', key: 'hub-warns:incomplete', text: 'The hub reports something incomplete.' },
  ]);
  const diagnosed = { ...issue('warning'), diagnostics: 'Search was cut off' };
  expect(hubWarnings([diagnosed]).map(({ text }) => text)).toEqual(['Search was cut off']);
});
