import { expect, test } from '@playwright/test';
import { desks, hub } from '../addresses.ts';
import { personWith } from '../people.ts';

// Any SMART app can work with the hub: another supplier's, on fhirclient and SMART v1 scopes, with its own client id.

test('another app launched from a desk reads what it was granted and is refused the rest', async ({ page }) => {
  const person = await personWith(/ADEYEMI/i);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}&app=second-app`);
  await expect(page.locator('#name')).toContainText(/Adeyemi/i);
  await expect(page.locator('#scope')).toContainText('patient/Observation.read');
  await expect(page.locator('#medicines')).toHaveText('refused with 403');
  await expect(page.locator('#writing')).toHaveText('refused with 403');
  expect(Number(await page.locator('#results').textContent())).toBeGreaterThan(5);
  await expect(page.locator('#words')).toHaveText('');
});

test('a page of a site that is not registered is given no answer to read', async ({ request }) => {
  const asked = (origin: string) => request.get(`${hub}/fhir/Patient/x`, { headers: { origin } });
  expect((await asked(new URL(desks).origin)).headers()['access-control-allow-origin']).toBe(new URL(desks).origin);
  expect((await asked('https://elsewhere.example')).headers()['access-control-allow-origin']).toBeUndefined();
});
