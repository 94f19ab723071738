import { expect, type Page } from '@playwright/test';
import type { AuditEvent, Bundle } from 'fhir/r4';
import { consentOf, type OwnChoice } from '../../fhir/own-choice.ts';
import { secretWords } from '../../mocks/borough/demonstration/jordan.ts';
import { desks, hub } from '../addresses.ts';
import { axeFaults } from '../page-checks.ts';
import { personWith } from '../people.ts';
import { PickerPage } from '../picker-page.ts';
import { PrintPage } from '../print-page.ts';
import { TimelinePage } from '../timeline-page.ts';
import { holdClock } from '../token-life.ts';
import { test } from '../watched.ts';

/** Everything that the hub's record tells this page, as one text. */
function heard(page: Page): () => Promise<string> {
  const answers: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith(`${hub}/fhir/`)) answers.push(response.text().catch(() => ''));
  });
  return async () => (await Promise.all(answers)).join('\n');
}

test('a GP reads what a social worker at the next desk is told is withheld, as "some" and no more; ending a ground ends the reading', async ({
  page,
  browser,
}) => {
  const person = await personWith(/label/i);
  // The practice has the person as its own.
  const gp = new TimelinePage(page);
  const gpHears = heard(page);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  await gp.isOf(person);
  await gp.isWhole();
  await expect(page.getByText('You read this as: known to EMIS.')).toBeVisible();
  const toGp = await gpHears();
  expect(toGp).toContain(secretWords.clinic);
  expect(toGp).toContain(secretWords.therapy);

  // The council does not: who the person is, and nothing that could be taken for an empty record.
  const context = await browser.newContext();
  const other = await context.newPage();
  const council = new TimelinePage(other);
  const councilHears = heard(other);
  // No other test opens this record as the first at this desk (declare-ground.ts): what others declare is theirs.
  await other.goto(`${desks}/launch?system=liquidlogic&patient=${person.nhsNumber}`);
  await council.isOf(person);
  const declare = other.getByRole('button', { name: 'Open the record' });
  await expect(other.getByRole('heading', { name: 'Say why you open this record' })).toBeVisible();
  await expect(council.feed).toHaveCount(0);
  await expect(other.getByText(/sent no entries/)).toHaveCount(0);
  expect(await axeFaults(other)).toEqual([]);
  await other.getByRole('radio', { name: /The person is not here/ }).check();
  await declare.click();
  await expect(other.getByRole('alert')).toContainText('Say in a few words why');
  await other.getByRole('textbox', { name: 'Reason in your own words' }).fill('Care review tomorrow');
  await declare.click();
  await council.isWhole();
  await expect(other.getByText(/^You declared: the person is not here, until \d\d-\w{3}-\d{4}\.$/)).toBeVisible();
  await expect(council.completeness).toHaveAttribute('data-withheld', 'some');

  // Nothing that the council hears names it, counts it or points at it.
  const toCouncil = await councilHears();
  expect(toCouncil).toContain('"resourceType":"Encounter"');
  for (const secret of Object.values(secretWords)) expect(toCouncil.toLowerCase()).not.toContain(secret.toLowerCase());
  for (const id of idsWith(toGp, secretWords.clinic)) expect(toCouncil).not.toContain(id);
  expect(await council.count('hidden')).toBe(0);
  expect(await council.count('shown')).toBeLessThan(await gp.count('shown'));

  await other.getByRole('button', { name: 'End it' }).click();
  await expect(other.getByRole('heading', { name: 'Say why you open this record' })).toBeVisible();
  await expect(council.feed).toHaveCount(0);
  await context.close();
});

test('a person keeps their record from one hospital; its doctor breaks the glass, in that visit alone, and the person and the privacy officer are told', async ({
  page,
  browser,
}) => {
  const person = await personWith(/Bengali/i);
  const own = await browser.newContext();
  const phone = await own.newPage();
  await phone.goto('/?as=person');
  await phone.getByRole('button', { name: person.name }).click();
  await new TimelinePage(phone).isOf(person);
  const choice = await decide(phone, { toOrganisation: 'RRV' });

  const doctor = new TimelinePage(page);
  const print = new PrintPage(page);
  await print.standIn();
  const open = async () => {
    await page.goto(`${desks}/launch?system=carecast&patient=${person.nhsNumber}`);
    await doctor.isOf(person);
  };
  await open();
  await expect(page.getByRole('heading', { name: 'The record is not shown to you' })).toBeVisible();
  await expect(doctor.feed).toHaveCount(0);
  await page.getByRole('button', { name: 'Open what is withheld…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Open what is withheld' });
  await expect(sheet).toContainText('The person and the privacy officer are told');
  expect(await axeFaults(page)).toEqual([]);
  await sheet.getByRole('radio', { name: 'Their life or safety is in danger' }).check();
  const why = `Unconscious, brought in by ambulance ${Date.now()}`;
  await sheet.getByRole('textbox').fill(why);
  await sheet.getByRole('button', { name: 'Open what is withheld' }).click();
  await doctor.isWhole();
  await expect(doctor.rows.first()).toBeVisible();
  await expect(page.getByText(/Glass broken until \d\d:\d\d/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/Glass broken until \d\d:\d\d/)).toBeVisible();
  await doctor.isWhole();
  await print.open();
  await print.press();
  await expect(print.document).toContainText(
    /The glass was broken by Dr [^.]+ at \d\d-\w{3}-\d{4} \d\d:\d\d: .*Read by Dr [^.]+ as: known to Carecast\./,
  );
  await print.end();

  // The person is told in their own record, the privacy officer in theirs.
  const told = await toldOf(phone, 'break-glass');
  expect(told).toContain(why);
  const office = await browser.newContext();
  const officer = await office.newPage();
  await officer.goto('/privacy');
  await officer.getByRole('button', { name: 'Marian Clegg' }).click();
  await officer.getByRole('link', { name: 'Broken glass', exact: true }).click();
  const broken = officer.locator('.person').filter({ hasText: why });
  await broken.getByRole('textbox', { name: 'What you found' }).fill('Asked the ward: it was an emergency');
  await broken.getByRole('button', { name: 'Keep the finding' }).click();
  await expect(officer.getByRole('status')).toHaveText('The finding is kept.');
  await expect(broken).toContainText(/Found\s*Asked the ward: it was an emergency/);
  await expect(broken.getByRole('textbox')).toHaveCount(0);
  expect(await axeFaults(officer)).toEqual([]);
  await office.close();

  // The next visit begins with whole glass; what the person undoes holds at once.
  await open();
  await expect(page.getByRole('heading', { name: 'The record is not shown to you' })).toBeVisible();
  await undo(phone, choice);
  await open();
  await doctor.isWhole();
  await expect(page.getByText('You read this as: known to Carecast.')).toBeVisible();
  await own.close();
});

test('five minutes after the sign-on the last resort asks who is there: they sign on again, and then break the glass', async ({
  page,
}) => {
  // She opted out wholly; nobody else breaks the glass by this sign-on.
  const person = await personWith(/NAKAMURA/);
  await holdClock(page);
  const picker = new PickerPage(page);
  await picker.signOnAs('Dr Adaeze Okafor');
  await picker.openByNumber(person.nhsNumber);
  const lastResort = page.getByRole('button', { name: 'Open what is withheld…' });
  await expect(lastResort).toBeVisible();
  await page.clock.fastForward('05:10');
  await lastResort.click();
  const sheet = page.getByRole('dialog', { name: 'Open what is withheld' });
  await expect(sheet).toContainText('You signed on more than five minutes ago.');
  await expect(sheet.getByRole('radio')).toHaveCount(0);

  // The hub's own clock did not move with the page's: what it is asked for, at most five minutes, is made none.
  const asked: (string | null)[] = [];
  await page.route(`${hub}/oauth/authorize?*`, (route, request) => {
    const address = new URL(request.url());
    asked.push(address.searchParams.get('max_age'));
    address.searchParams.set('max_age', '0');
    return route.continue({ url: address.href });
  });
  await sheet.getByRole('link', { name: 'Sign on again' }).click();
  await expect(page.getByRole('heading', { name: 'Borough sign-on' })).toBeVisible();
  expect(asked).toEqual(['300']);
  await page.getByRole('button', { name: 'Dr Adaeze Okafor' }).click();
  await picker.openByNumber(person.nhsNumber);
  await lastResort.click();
  await sheet.getByRole('radio', { name: 'The person has agreed to it now' }).check();
  await sheet.getByRole('textbox').fill('She is here and asks me to look');
  await sheet.getByRole('button', { name: 'Open what is withheld' }).click();
  await new TimelinePage(page).isWhole();
  await expect(page.getByText(/Glass broken until \d\d:\d\d/)).toBeVisible();
});

/** Ids of the resources in which a text stands, by the entries of the Bundles told. */
function idsWith(told: string, words: string): string[] {
  const ids = told.split('{"fullUrl":').flatMap((entry) => {
    const id = /^"[^"]*\/([^"/]+)"/.exec(entry)?.[1];
    return id !== undefined && entry.includes(words) ? [id] : [];
  });
  expect(ids.length).toBeGreaterThan(0);
  return ids;
}

/** What the app sends for the person: a choice, by the token of their own sign-in. Answers the Consent's address. */
async function decide(page: Page, choice: OwnChoice): Promise<string> {
  const { token, patient } = await ownToken(page);
  const answer = await page.request.post(`${hub}/fhir/Consent`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
    data: JSON.stringify(consentOf(`Patient/${patient}`, choice, new Date().toISOString())),
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return answer.headers()['location']?.split('/_history')[0] ?? '';
}

/** The person's own lines of one act, as the hub tells them. */
async function toldOf(page: Page, act: string): Promise<string> {
  const { token, patient } = await ownToken(page);
  const answer = await page.request.get(`${hub}/fhir/AuditEvent?patient=${patient}&_sort=-date&_count=100`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { entry = [] } = (await answer.json()) as Bundle<AuditEvent>;
  const lines = entry.filter(({ resource }) => resource?.subtype?.some(({ code }) => code === act));
  return JSON.stringify(lines);
}

async function undo(page: Page, address: string): Promise<void> {
  const { token } = await ownToken(page);
  const answer = await page.request.delete(address, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.ok()).toBe(true);
}

function ownToken(page: Page): Promise<{ token: string; patient: string }> {
  return page.evaluate(() => {
    const grant = JSON.parse(sessionStorage.getItem('care-timeline.grant') ?? '{}') as {
      patientId: string;
      tokens: { accessToken: string };
    };
    return { token: grant.tokens.accessToken, patient: grant.patientId };
  });
}
