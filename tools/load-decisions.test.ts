import { randomUUID } from 'node:crypto';
import type { FhirResource } from 'fhir/r4';
import { expect, it } from 'vitest';
import { odsSystem } from '../fhir/systems.ts';
import { searchValuesOf } from '../hub/fhir/search-values.ts';
import { verifyAudit } from '../hub/audit/verify.ts';
import { upsertRows } from '../hub/store/resources.ts';
import { directory } from '../hub/store/rows.ts';
import { eachEngine } from '../hub/store/testing.ts';
import { demonstrationDecisions } from '../mocks/borough/demonstration.ts';
import { loadDecisions } from './load-decisions.ts';

eachEngine('what people of the demonstration keep back', ({ db }) => {
  it('is written as their own act: each reads in their trail that they decided it, once, and it holds', async () => {
    const now = new Date();
    const put = (patient: string, resource: FhirResource, source = 'carecast') =>
      upsertRows(db(), [
        {
          patient,
          type: resource.resourceType as 'Encounter',
          id: resource.id ?? '',
          source,
          origin: `${source}|1`,
          mask: 0,
          search: searchValuesOf(resource),
          content: JSON.stringify(resource),
        },
      ]);
    await put(directory, {
      resourceType: 'Organization',
      id: 'trust',
      identifier: [{ system: odsSystem, value: 'RKE' }],
    });
    const people = demonstrationDecisions(now).map(({ nhsNumber }) => ({ id: randomUUID(), nhsNumber }));
    for (const { id, nhsNumber } of people) {
      await db().query('insert into person (id, nhs_number, name) values ($1, $2, $3)', [id, nhsNumber, `ONE, ${id}`]);
      await db().query(
        `insert into source_patient (source, local_id, person, content, nhs_number, received) values ('carecast', $1, $1, '{}', $2, now())`,
        [id, nhsNumber],
      );
      const subject = { reference: `Patient/${id}` };
      await put(id, { resourceType: 'Patient', id });
      await put(id, {
        resourceType: 'Encounter',
        id: `visit-${id}`,
        status: 'finished',
        class: { code: 'AMB' },
        subject,
      });
    }
    await loadDecisions(db(), now);
    // A start that was cut off after this begins again.
    await loadDecisions(db(), now);
    const lines = await db().query<Record<string, unknown>>(
      `select patient, user_name, user_role, purpose, client, outcome, detail from audit where action = 'create' order by user_name`,
    );
    const line = { user_role: 'person', purpose: 'PATRQT', client: 'care-timeline', outcome: 'served' };
    expect(lines).toMatchObject(
      people
        .map(({ id }) => ({ ...line, patient: id, user_name: `ONE, ${id}` }))
        .toSorted((one, other) => (one.user_name < other.user_name ? -1 : 1)),
    );
    expect(await db().query('select from choice')).toHaveLength(2);
    expect(await db().query('select from sealed_item')).toHaveLength(1);
    const said: string[] = [];
    expect(await verifyAudit(db(), { person: undefined, against: [] }, (words) => said.push(words)), said.join()).toBe(
      true,
    );
  });
});
