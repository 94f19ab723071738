import { expect, test } from '@playwright/test';
import { launchFromDesk } from '../../tools/smart-launch.ts';
import { desks, hub } from '../addresses.ts';
import { twoPeopleOf } from '../people.ts';

interface Outcome {
  resourceType: string;
  issue: { severity: string; diagnostics?: string; details?: { text: string } }[];
}

test('a launch for an NHS number that fits nobody is refused in words', async ({ page }) => {
  const answer = await page.goto(`${desks}/launch?system=emis&patient=9999999980`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'The record could not be opened' })).toBeVisible();
});

test('a token names one person: asking for another is refused, and so is asking for nobody in particular', async ({
  request,
}) => {
  const [first, second] = await twoPeopleOf('emis');
  const one = await launchFromDesk(desks, { system: 'emis', patient: first.nhsNumber });
  const two = await launchFromDesk(desks, { system: 'emis', patient: second.nhsNumber });
  const headers = { authorization: `Bearer ${one.accessToken}` };

  expect((await request.get(`${one.base}/Encounter?patient=${one.patient}`, { headers })).status()).toBe(200);
  const wrong = await request.get(`${one.base}/Encounter?patient=${two.patient}`, { headers });
  expect(wrong.status()).toBe(403);
  expect(((await wrong.json()) as Outcome).resourceType).toBe('OperationOutcome');
  expect([403, 404]).toContain((await request.get(`${one.base}/Patient/${two.patient}`, { headers })).status());
});

test('a scope too small is refused for what it does not cover', async ({ request }) => {
  const [person] = await twoPeopleOf('emis');
  const token = await launchFromDesk(desks, {
    system: 'emis',
    patient: person.nhsNumber,
    scope: 'launch patient/Patient.r',
  });
  const headers = { authorization: `Bearer ${token.accessToken}` };
  expect((await request.get(`${token.base}/Patient/${token.patient}`, { headers })).status()).toBe(200);
  const refused = await request.get(`${token.base}/Encounter?patient=${token.patient}`, { headers });
  expect(refused.status()).toBe(403);
  expect(((await refused.json()) as Outcome).issue[0]?.severity).toBe('error');
});

test('what the hub does not support is refused by name, never ignored', async ({ request }) => {
  const [person] = await twoPeopleOf('emis');
  const token = await launchFromDesk(desks, { system: 'emis', patient: person.nhsNumber });
  const headers = { authorization: `Bearer ${token.accessToken}` };
  const cases: [address: string, status: number, names: RegExp][] = [
    [`Encounter?patient=${token.patient}&length=gt5`, 400, /length/],
    [`Encounter?patient=${token.patient}&status:not=finished`, 400, /not/],
    [`Encounter?patient=${token.patient}&_include=Encounter:account`, 400, /account/],
    [`Encounter?patient=${token.patient}&date=yesterday`, 400, /date/],
    [`Encounter?patient=${token.patient}&_count=-1`, 400, /_count/],
    [`Claim?patient=${token.patient}`, 404, /Claim/],
    [`Encounter/not-there`, 404, /./],
  ];
  for (const [address, status, names] of cases) {
    const answer = await request.get(`${token.base}/${address}`, { headers });
    expect(answer.status(), address).toBe(status);
    const outcome = (await answer.json()) as Outcome;
    expect(outcome.resourceType, address).toBe('OperationOutcome');
    expect(JSON.stringify(outcome.issue), address).toMatch(names);
  }
});

test('without a token, or with one nobody gave out, nothing is read', async ({ request }) => {
  expect((await request.get(`${hub}/fhir/Patient/x`)).status()).toBe(401);
  const invented = await request.get(`${hub}/fhir/Patient/x`, { headers: { authorization: 'Bearer made-up' } });
  expect(invented.status()).toBe(401);
  expect(invented.headers()['www-authenticate']).toMatch(/^Bearer/);
});

test('a launch that names a hub nobody registered is refused on the page, and no request leaves for it', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`/launch?iss=${encodeURIComponent('https://evil.example/fhir')}&launch=x`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByTestId('patient-banner')).toHaveCount(0);
  expect(asked.filter((url) => url.includes('evil.example') && !url.startsWith(hub))).toEqual([]);
});

test('parameters that fhirclient would obey are not obeyed: another server, another person', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const iss = encodeURIComponent(`${hub}/fhir`);
  await page.goto(
    `/launch?iss=${iss}&launch=x&fhirServiceUrl=${encodeURIComponent('https://evil.example/fhir')}&patientId=zzz&clientId=other`,
  );
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByTestId('patient-banner')).toHaveCount(0);
  expect(asked.filter((url) => new URL(url).host === 'evil.example')).toEqual([]);
});

test('a launch handle opens the record once: replayed, the page says what to do', async ({ page, context }) => {
  const [person] = await twoPeopleOf('emis');
  const opened = await context.request.get(`${desks}/launch?system=emis&patient=${person.nhsNumber}`, {
    maxRedirects: 0,
  });
  const address = opened.headers()['location'];
  expect(address).toBeDefined();
  await page.goto(address ?? '');
  await expect(page.getByTestId('patient-banner')).toHaveAttribute('data-nhs-number', person.nhsNumber);
  const again = await context.newPage();
  await again.goto(address ?? '');
  await expect(again.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(again.getByTestId('patient-banner')).toHaveCount(0);
  await expect(again.getByText(/icon|again/i).first()).toBeVisible();
});
