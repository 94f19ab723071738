import type { Database } from '../store/database.ts';

/** The people of the authorization tests; NHS numbers from the range that is never issued. */
export const people = {
  ann: { id: '11111111-1111-4111-8111-111111111111', nhs: '9990000018', name: 'LARK, Ann (Mrs)', born: '1941-03-31' },
  bea: { id: '22222222-2222-4222-8222-222222222222', nhs: '9990000026', name: 'FINCH, Bea (Ms)', born: '1980-06-01' },
  // One number, two people: a launch by it must be refused.
  carl: { id: '33333333-3333-4333-8333-333333333333', nhs: '9990000034', name: 'WREN, Carl (Mr)', born: '1950-01-02' },
  cora: { id: '44444444-4444-4444-8444-444444444444', nhs: '9990000034', name: 'WREN, Cora (Ms)', born: '1950-01-02' },
} as const;

/** Puts them into the store as matching would have. */
export async function addPeople(database: Database): Promise<void> {
  for (const [localId, { id, nhs, name, born }] of Object.entries(people)) {
    await database.query(
      `INSERT INTO person (id, nhs_number, name, birth_date, gender) VALUES ($1, $2, $3, $4, 'female')
       ON CONFLICT DO NOTHING`,
      [id, nhs, name, born],
    );
    await database.query(
      `INSERT INTO source_patient (source, local_id, person, content, nhs_number, birth_date, families, received)
       VALUES ('emis', $1, $2, '{}', $3, $4, ARRAY[$5]::text[], now()) ON CONFLICT DO NOTHING`,
      [localId, id, nhs, born, name.split(',')[0]?.toLowerCase()],
    );
  }
}

/** Matching found that the number belongs to another person as well, by a statement of this verification status. */
export async function addDouble(database: Database, nhsNumber: string, status: string | null = null): Promise<string> {
  const id = crypto.randomUUID();
  await database.query('INSERT INTO person (id, nhs_number, name) VALUES ($1, $2, $3)', [id, nhsNumber, 'DOUBLE, Di']);
  await database.query(
    `INSERT INTO source_patient (source, local_id, person, content, nhs_number, nhs_verification, received)
     VALUES ('adastra', $1, $2, '{}', $3, $4, now())`,
    [`double-${id}`, id, nhsNumber, status],
  );
  return id;
}
