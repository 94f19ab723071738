import { expect, type Page } from '@playwright/test';
import { formatNhsNumber } from '../../fhir/nhs-number.ts';
import { secretWords } from '../../mocks/borough/demonstration/jordan.ts';
import { drugs } from '../../mocks/borough/vocabulary.ts';
import { openAsSocialWorker } from '../declare-ground.ts';
import { desks } from '../addresses.ts';
import { allPeople, personWith, type Person } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

// What each demonstration person is there to show stands on the page, as a clinician reads it.

// High enough for most of a record to be in the page at once.
test.use({ viewport: { width: 1280, height: 2400 } });

async function read(page: Page, words: string | RegExp, system?: string): Promise<{ person: Person } & Reading> {
  const person = await personWith(words);
  return { person, ...(await readPerson(page, person, system)) };
}

interface Reading {
  timeline: TimelinePage;
  /** The list with its headings, as it stands. */
  list: ReturnType<Page['locator']>;
  keyInformation: ReturnType<Page['locator']>;
}

async function readPerson(page: Page, person: Person, system = person.systems[0] ?? 'emis'): Promise<Reading> {
  await page.goto(`${desks}/launch?system=${system}&patient=${person.nhsNumber}`);
  return readOpened(page, person);
}

async function readOpened(page: Page, person: Person): Promise<Reading> {
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  const keyInformation = page.getByRole('complementary', { name: 'Key information' });
  await expect(keyInformation.getByText(/loading/)).toHaveCount(0);
  return { timeline, list: page.getByRole('main'), keyInformation };
}

test('Florence is frail: help at home stands under Now, the next booking above it, the broken hip below', async ({
  page,
}) => {
  const { timeline, list, keyInformation } = await read(page, /ADEYEMI/);
  await expect(timeline.titled(/^Reablement package: arranged/)).toContainText('active');
  await expect(timeline.titled(/^Day centre place: arranged/)).toContainText('On hold');
  await expect(list).toContainText(/Next booked.*Now, .*Open now.*Reablement package.*Hospital stay: fall at home/s);
  const stay = timeline.titled(/^Hospital stay: fall at home, hip fracture/);
  for (const words of ['Coyle ward', 'Discharged home', '5 nights', 'emergency'])
    await expect(stay).toContainText(words);
  await expect(timeline.titled(/^Missed: cardiology clinic \(not attended\)/)).toHaveCount(1);
  await expect(timeline.titled(/^Cancelled: ear nose and throat/)).toContainText('new date to follow');
  await expect(timeline.titled(/^Booked: ophthalmology clinic/)).toContainText('Not known if attended');
  await expect(timeline.titled(/^Home blood pressure/).first()).toContainText('not checked by staff');

  await expect(keyInformation).toContainText('Penicillin');
  await expect(keyInformation).toContainText('Treatment escalation plan');
  await expect(keyInformation).toContainText('Check the original');
  // Ruled out, and stopped three days ago: neither may stand among what she has and takes.
  await expect(keyInformation).not.toContainText(/lung/i);
  await expect(keyInformation).not.toContainText('Amlodipine');
  await expect(keyInformation).toContainText('Alendron');
});

test('an opened hospital stay shows its ward moves, results with their dates, medicines and the letter in place', async ({
  page,
}) => {
  const { timeline } = await read(page, /ADEYEMI/);
  await timeline.openEntry(/^Hospital stay: fall at home, hip fracture/);
  const { details } = timeline;
  await expect(details).toContainText(/Wards and places.*Mary Seacole ward.*\d\d:\d\d.*Coyle ward/s);
  await expect(details).toContainText(/Problems.*Fracture of neck of femur · Diagnosis/s);
  await expect(details).toContainText('Apixaban 2.5 mg tablets · One tablet twice a day, for 35 days');
  await expect(details).toContainText('Hemiarthroplasty of hip');
  const results = details.getByRole('table', { name: 'Results' });
  const haemoglobin = results.getByRole('row').filter({ hasText: 'Haemoglobin' });
  await expect(haemoglobin).toHaveCount(3);
  // Newest first, under the day of their report: 94 after the operation, 110 on arrival.
  await expect(haemoglobin.first()).toContainText(/94 g\/L\s*Flagged low\s*115 to 165 g\/L/);
  await expect(haemoglobin.last()).toContainText('110 g/L');
  await expect(
    results.getByRole('row', { name: /^Full blood count and kidney function · \d\d-\w{3}-\d{4}/ }),
  ).toHaveCount(3);
  await expect(details.getByText('Potassium', { exact: false }).first()).toBeVisible();

  await details.getByRole('button', { name: 'Read Discharge summary', exact: true }).click();
  await expect(details.getByText(/Fracture of neck of femur/).last()).toBeVisible();
  await expect(details.getByRole('button', { name: 'Hide Discharge summary', exact: true })).toBeVisible();
  await expect(details.getByText('could not be read')).toHaveCount(0);
  await expect(details).toContainText('Viewing here does not file or act.');
});

test('Patrick: every source of one stay is there, the disagreement on allergies is said, the package is on hold', async ({
  page,
}) => {
  const { timeline, keyInformation } = await read(page, /DONNELL/);
  const call = timeline
    .titled(/^111 call: /)
    .filter({ hasText: 'Out-of-hours home visit arranged' })
    .first();
  await expect(call).toContainText('linked visit');
  const stays = timeline.titled(/^Hospital stay/);
  // The ward and the practice tell of one stay under one number: one row, and the practice has it a day longer.
  const twice = stays.filter({ hasText: 'Whittington Hospital' }).filter({ hasText: 'Sources differ: dates' });
  await expect(twice.first()).toBeVisible();
  await expect(timeline.titled(/Hospital Discharge Assessment|hospital discharge/i).first()).toBeVisible();
  await expect(timeline.titled(/^Home care package/)).toContainText('On hold');
  await expect(keyInformation).toContainText('Latex');
  await expect(keyInformation).toContainText('Sources differ: GP states no known allergies');
  await expect(keyInformation).toContainText('Safeguarding concern');

  await call.getByRole('heading', { level: 3 }).getByRole('button').click();
  await expect(timeline.details).toContainText(/Within this.*Sent to the Whittington emergency department/s);
});

test('Winston: 1,500 encounters and more are all there, and the stay of sixty days shows its length', async ({
  page,
}) => {
  const { timeline } = await read(page, /1,500/);
  expect(await timeline.count('statements')).toBeGreaterThanOrEqual(1500);
  await expect(page.getByText(/^All 1\d{3} entries sent by 6 sources are loaded\.$/).first()).toBeVisible();
  await expect(await timeline.reach(/^Hospital stay: sepsis/)).toContainText('60 nights');
});

test('the newborn is told in days, under the name her GP has, and the other name stands beside it', async ({
  page,
}) => {
  const { timeline } = await read(page, /Newborn/, 'system-c');
  await expect(timeline.banner).toContainText(/KHAN, Zara.*Born\s*\d\d-\w{3}-\d{4} \(4d\)/s);
  await timeline.banner.getByRole('button', { name: /More about the person/ }).click();
  await expect(timeline.banner).toContainText(/Other names\s*KHAN, Baby/);
});

test('Margaret has died: the banner says so with day and age, and nothing is booked for her', async ({ page }) => {
  const { timeline } = await read(page, /^Died/);
  await expect(timeline.banner).toHaveAttribute('data-deceased', 'confirmed');
  await expect(timeline.banner).toContainText(/Died\s*\d\d-\w{3}-\d{4} \(aged 88y\)/);
  await expect(timeline.titled(/^Booked/)).toHaveCount(0);
});

test('two people of one name and birthday have two numbers and two records', async ({ page }) => {
  const alike = (await allPeople()).filter(({ why }) => why.includes('one name and birthday'));
  expect(alike).toHaveLength(2);
  const titles: string[] = [];
  for (const person of alike) {
    const { timeline, keyInformation } = await readPerson(page, person);
    await expect(timeline.banner).toContainText('AHMED, Mohammed (Mr)');
    await expect(timeline.banner).toContainText(formatNhsNumber(person.nhsNumber));
    titles.push((await timeline.rows.getByRole('heading', { level: 3 }).allInnerTexts()).join('; '));
    if (person.why.includes('no discharge recorded')) {
      await expect(timeline.rows.filter({ hasText: 'No discharge recorded' })).toContainText('Hospital stay');
      await expect(keyInformation).toContainText('Peanut');
    } else {
      await expect(keyInformation).toContainText('Allergies not recorded');
      await expect(keyInformation).not.toContainText('No known allergies');
      await expect(page.getByText('Peanut')).toHaveCount(0);
    }
  }
  expect(new Set(titles).size).toBe(2);
});

test('Ayesha: the name in Bengali with the Latin one beside it, from a system that holds only the Latin one', async ({
  page,
}) => {
  const { timeline } = await read(page, /Bengali/, 'carecast');
  const name = timeline.banner.getByRole('heading', { level: 1 });
  await expect(name).toContainText('রহমান');
  await expect(name).toContainText('আয়েশা');
  await expect(name).toContainText('RAHMAN, Ayesha');
});

test('Ewa: what has no date stands counted in its own band, partial dates stay partial, an end before its start is said', async ({
  page,
}) => {
  const { timeline, list } = await read(page, /^Undated/);
  await expect(page.getByText('3 entries have no date. They are under "Date not known".').first()).toBeVisible();
  await expect(list.getByRole('heading', { level: 2, name: /^Date not known/ })).toContainText('3 entries');
  await expect(timeline.rows.filter({ hasText: 'Event date not known' })).toHaveCount(3);
  await expect(list.getByRole('heading', { level: 2, name: /^April 2019/ })).toBeVisible();
  await expect(list.getByRole('heading', { level: 2, name: /^2019, month not known/ })).toBeVisible();
  await expect(timeline.titled(/^GP consultation: back pain/)).toContainText('2019');
  await expect(timeline.titled(/^GP consultation: back pain/)).not.toContainText('Jan');
  await expect(timeline.rows.filter({ hasText: 'is before the start' })).toHaveCount(2);
});

test('Jordan: not one labelled word reaches a social worker’s browser, in no row, letter, result or answer, and that is said', async ({
  page,
}) => {
  test.setTimeout(150_000);
  const answers: Promise<string>[] = [];
  page.on('response', (response) => {
    if (/\/fhir\/[A-Z]/.test(response.url())) answers.push(response.text().catch(() => ''));
  });
  const person = await personWith(/^Labelled/);
  await openAsSocialWorker(page, person);
  const { timeline, keyInformation } = await readOpened(page, person);
  await expect(timeline.completeness).toHaveAttribute('data-withheld', 'some');
  await expect(page.getByText('Some information is not shown to you, for privacy.').first()).toBeVisible();
  const unfold = page.getByRole('button', { name: /^Show all \d/ });
  if ((await unfold.count()) > 0) {
    await unfold.click();
    await expect(page.getByRole('button', { name: 'Show only the next' })).toBeVisible();
  }

  let seen = `${await keyInformation.innerText()} ${await timeline.banner.innerText()}`;
  const size = await timeline.count('shown');
  expect(size).toBeGreaterThan(20);
  // Every entry is opened, and every letter in it is read.
  for (let place = 1; place <= size; place += 1) {
    const row = timeline.feed.locator(`article[aria-posinset="${place}"]`);
    await row.getByRole('heading', { level: 3 }).getByRole('button').click();
    const title = await row.getByRole('heading', { level: 3 }).innerText();
    await expect(timeline.details.getByRole('heading', { level: 2, name: title, exact: true })).toBeVisible();
    await expect(timeline.details.getByText('Reading what is linked')).toHaveCount(0);
    for (const letter of await timeline.details.getByRole('button', { name: /^Read / }).all()) await letter.click();
    await expect(timeline.details.getByText('Reading the letter')).toHaveCount(0);
    seen += ` ${await row.innerText()} ${await timeline.details.innerText()}`;
  }
  const sent = (await Promise.all(answers)).map((body) => body + lettersIn(body)).join(' ');

  // The test can see: an ordinary item is found in both, and letters were among what was sent.
  for (const text of [seen, sent]) expect(holds(text, 'eczema')).toBe(true);
  expect(lettersIn(sent).length).toBeGreaterThan(0);
  for (const word of [...Object.values(secretWords), drugs.doxycyclineSti.dose]) {
    expect(holds(seen, word), `${word} on the page`).toBe(false);
    expect(holds(sent, word), `${word} in an answer`).toBe(false);
  }
});

function holds(text: string, word: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase());
}

/** The letters in an answer, which travel in base64. */
function lettersIn(body: string): string {
  const data = [...body.matchAll(/"data":\s*"([A-Za-z0-9+/=]{16,})"/g)].map(([, base64]) => base64 ?? '');
  return data.map((base64) => Buffer.from(base64, 'base64').toString('utf8')).join(' ');
}

test('Robin: an empty record says that it does not mean no care was given, and what is not recorded', async ({
  page,
}) => {
  const { timeline, keyInformation } = await read(page, /^Nothing at all/);
  expect(await timeline.count('shown')).toBe(0);
  await expect(timeline.rows).toHaveCount(0);
  const words = 'Connected sources sent no entries. This does not mean no care was given.';
  await expect(page.getByRole('main').getByText(words)).toBeVisible();
  await expect(timeline.completeness.getByText(words).last()).toBeVisible();
  await expect(keyInformation).toContainText('Allergies not recorded');
  await expect(keyInformation).not.toContainText('No known allergies');
  await expect(page.getByText(/not connected/).first()).toBeVisible();
});

test('Kwame: bookings stand above Now, the empty past is said, and no known allergies has who said so and when', async ({
  page,
}) => {
  const { timeline, list, keyInformation } = await read(page, /^Only future/);
  await expect(list).toContainText(/Booked: .*Now, .*Connected sources sent no entry from before now\./s);
  await expect(list).toContainText('This does not mean no care was given.');
  await list.getByRole('button', { name: 'Show all 4' }).click();
  await expect(timeline.titled(/^Booked/)).toHaveCount(4);
  await expect(keyInformation).toContainText(/No known allergies\s*GP · \d\d-\w{3}-\d{4}/);
});

test('Siobhan: two calls at 01:30 in one night are told apart, in the order they happened', async ({ page }) => {
  const { timeline, list } = await read(page, /clocks changed/);
  const calls = timeline.titled(/^111 call: abdominal pain/);
  await expect(calls).toHaveCount(2);
  await expect(calls.first()).toContainText('01:30 GMT');
  await expect(calls.first()).toContainText('Advised to go to the emergency department');
  await expect(calls.last()).toContainText('01:30 BST');
  await expect(calls.last()).toContainText('Wait for a call back');
  // The night of spring has no second zone to tell: its hour never was.
  await expect(timeline.titled(/^111 call: fever/)).toContainText('00:50');
  await expect(timeline.titled(/^Hospital stay: fever/)).toContainText('1 night');
  await expect(list.getByText(/0[12]:\d\d (BST|GMT)/).first()).toBeVisible();
});
