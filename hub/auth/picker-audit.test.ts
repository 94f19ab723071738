import { expect, test } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import type { AuthParts } from './auth-parts.ts';
import type { SignedOnUser } from './authorization.ts';
import { searchAudited } from './picker-audit.ts';
import { emptyForm } from './picker-search.ts';
import { addPeople, people } from './testing-people.ts';

const doctor: SignedOnUser = {
  id: '555900000001',
  name: 'Dr Ada Byrne',
  role: 'R0260',
  roleName: 'General Medical Practitioner',
  organisation: 'F83004',
  organisationName: 'The Goodinge',
  practitioner: 'p',
};

eachEngine('A search in the picker', ({ db }) => {
  test('is a line of everybody it showed, in one order for all searches: none waits in a ring for another’s lines', async () => {
    await addPeople(db());
    // Shown first, by name; by id she comes after him.
    await db().query(`update person set name = 'AARON, Cora' where id = $1`, [people.cora.id]);
    const parts = { database: db() } as AuthParts;
    const form = { ...emptyForm, nhsNumber: people.carl.nhs, reason: 'agrees' } as const;
    const found = await searchAudited(parts, doctor, 'care-timeline', form);
    expect(found.map(({ person }) => person.name)).toEqual(['AARON, Cora', 'WREN, Carl (Mr)']);
    const lines = await db().query<{ patient: string }>(
      `select patient from audit where action = 'find-person' order by at`,
    );
    expect(lines.map(({ patient }) => patient)).toEqual([people.carl.id, people.cora.id]);
  });
});
