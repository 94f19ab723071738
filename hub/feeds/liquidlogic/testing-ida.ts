/** Ida Quill as the extension has her, with the council's staff; invented, like everybody in tests. */
export const person = {
  nhsNumber: '9990000018',
  nhsNumberStatus: '01',
  names: [{ use: 'official', family: 'Quill', given: ['Ida', 'May'], prefix: 'Mrs' }],
  birthDate: '1941-05-06',
  gender: 'female',
  phones: ['07700 900300'],
  address: { lines: ['3 Sample Road'], city: 'London', postcode: 'N1 9ZZ' },
  practice: { code: 'F83063', name: 'Killick Street Health Centre' },
};
export const directory = {
  organisations: [
    { id: '706', name: 'Islington Council', kind: 'authority' },
    { id: '706-community', name: 'Community Social Work Team', kind: 'team' },
  ],
  staff: [{ id: 'sw2', name: { prefix: 'Ms', given: 'Ruth', family: 'Levy' }, role: { name: 'Social worker' } }],
};
export const keySafe = {
  id: 'e1',
  name: 'Key safe',
  asked: '2026-09-01',
  fitted: '2026-09-03',
  note: 'Beside the street door',
};
