import type { Bundle, Endpoint, FhirResource } from 'fhir/r4';
import { expect, it } from 'vitest';
import { personA, put, searched, startHub } from '../../fhir/testing-hub.ts';
import { eachEngine } from '../../store/testing.ts';
import { keepMessage } from '../inbox/keep.ts';
import { hospitalFeed as feed } from './testing.ts';
import { watchSources } from './watch.ts';

const at = (time: string): Date => new Date(`2026-11-02T${time}:00Z`);

eachEngine('a source that falls silent', ({ db }) => {
  it('is late in every answer and as an Endpoint, in words, until it is heard again', async () => {
    const hub = await startHub(db());
    await put(db(), personA, [{ resourceType: 'Patient', id: personA }]);
    let sent = 0;
    const hear = async (time: string) => {
      sent += 1;
      const { source, organisation, format } = feed;
      const label = `message ${sent}`;
      const receivedAt = at(time).toISOString();
      const bytes = Buffer.from(label);
      await keepMessage(db(), { source, organisation, format, label, receivedAt, bytes, subject: '1' });
      await db().query(`update inbox set state = 'done'`);
    };
    const said = async () => {
      const visits = (await searched(hub, 'Encounter')) as Bundle<FhirResource>;
      const issues = (visits.entry ?? []).flatMap(({ resource }) =>
        resource?.resourceType === 'OperationOutcome' ? resource.issue : [],
      );
      const endpoints = await searched(hub, 'Endpoint');
      const endpoint = endpoints.entry?.find(({ resource }) => resource?.resourceType === 'Endpoint')?.resource;
      return {
        words: issues.map(({ details }) => details?.text),
        endpoint: (endpoint as Endpoint | undefined)?.status,
      };
    };
    await hear('10:00');
    await watchSources(db(), [feed], at('10:10').getTime());
    expect(await said()).toEqual({ words: [], endpoint: 'active' });
    await watchSources(db(), [feed], at('11:00').getTime());
    expect(await said()).toEqual({
      words: [
        'Whittington Hospital records: late since 02-Nov-2026 10:30. What happened lately may be missing. It is complete to 02-Nov-2026 10:00.',
      ],
      endpoint: 'suspended',
    });
    await hear('11:01');
    await watchSources(db(), [feed], at('11:02').getTime());
    expect(await said()).toEqual({ words: [], endpoint: 'active' });
  });
});
