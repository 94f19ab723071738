import { expect, test, type Locator, type Page } from '@playwright/test';
import { desks, hub, mllpPort } from '../addresses.ts';
import { adt, newcomer, newNumber, send, type HospitalPatient } from '../hospital.ts';
import { TimelinePage } from '../timeline-page.ts';
import { holdClock, keptGrant } from '../token-life.ts';

// What the hospital's system sends is on a page that was open before, within seconds and without a press.

const hour = 3_600_000;
const within = { timeout: 30_000 };

/** A stay with words of its own to find it by. */
function stayOf(patient: HospitalPatient, reason: string, hoursAgo: number) {
  return { patient, visit: newNumber('V'), reason, admitted: Date.now() - hoursAgo * hour };
}

/** Resolves with the launch from that system's desk once the hub has taken in who the person is. */
async function taken(system: string, { nhsNumber }: { nhsNumber: string }): Promise<string> {
  const address = `${desks}/launch?system=${system}&patient=${nhsNumber}`;
  await expect.poll(async () => (await fetch(address, { redirect: 'manual' })).status, within).toBe(302);
  return address;
}

/** Opened from the hospital's own desk. */
async function open(page: Page, { nhsNumber }: { nhsNumber: string }): Promise<TimelinePage> {
  const address = await taken('system-c', { nhsNumber });
  await holdClock(page);
  await page.goto(address);
  const timeline = new TimelinePage(page);
  await timeline.isOf({ nhsNumber });
  await timeline.isWhole();
  return timeline;
}

/**
 * Shows the row once the hub has it and the page's ten seconds between two looks have passed. They pass once: a clock that
 * goes on jumping would run out on what is being read again.
 */
async function showsOnce(page: Page, row: Locator, told: string): Promise<void> {
  const { patientId, tokens } = await keptGrant(page);
  const headers = { authorization: `Bearer ${tokens.accessToken}` };
  const inHub = async () => (await page.request.get(`${hub}/fhir/Encounter?patient=${patientId}`, { headers })).text();
  await expect.poll(inHub, within).toContain(told);
  await page.clock.fastForward('00:11');
  await expect(row).toHaveCount(1, within);
}

test.describe('a page that is left open', () => {
  test('shows an admission that the hospital has just sent, and says so when it takes it back', async ({ page }) => {
    test.slow();
    const patient = newcomer('Abara', 'Ngozi');
    expect(await send(adt({ event: 'A28', patient }))).toBe('AA');
    const timeline = await open(page, patient);
    const stay = stayOf(patient, 'Fall at home', 1);
    expect(await send(adt({ event: 'A01', ...stay }))).toBe('AA');
    const row = timeline.rows.filter({ hasText: 'Fall at home' });
    await showsOnce(page, row, 'Fall at home');

    expect(await send(adt({ event: 'A11', ...stay }))).toBe('AA');
    await showsOnce(page, row.filter({ hasText: /cancelled/i }), '"status":"cancelled"');
  });

  test('opens the person who has the number, and says that another hospital claims it for a record that stands apart', async ({
    page,
  }) => {
    test.slow();
    const known = newcomer('Castellanos', 'Ines');
    const claimed = {
      ...newcomer('Whitby', 'Colin'),
      nhsNumber: known.nhsNumber,
      born: '1990-02-03',
      verification: '02',
    };
    const there = adt({ event: 'A01', ...stayOf(claimed, 'Burnt hand', 3) }).replaceAll('RKE', 'RRV');
    expect(await send(there.replace('SYSTEMC', 'CARECAST'), mllpPort + 1)).toBe('AA');
    await taken('carecast', claimed);
    expect(await send(adt({ event: 'A01', ...stayOf(known, 'Twisted ankle', 5) }))).toBe('AA');
    const timeline = await open(page, known);
    await expect(timeline.rows.filter({ hasText: 'Twisted ankle' })).toHaveCount(1);
    await expect(timeline.rows.filter({ hasText: 'Burnt hand' })).toHaveCount(0);
    await expect(
      page.getByText(/^Not shown, because .* same NHS number \(University College Hospital records\)/),
    ).toBeVisible();
  });

  test('shows both histories, each once, when the hospital finds that two of its records are one person', async ({
    page,
  }) => {
    test.slow();
    const known = newcomer('Teixeira', 'Ana');
    const unknown = newcomer('Teixeira', 'Ana');
    const here = stayOf(known, 'Asthma attack', 2);
    for (const stay of [here, stayOf(unknown, 'Broken wrist', 900)]) {
      expect(await send(adt({ event: 'A01', ...stay }))).toBe('AA');
    }
    const timeline = await open(page, known);
    const asthma = timeline.rows.filter({ hasText: 'Asthma attack' });
    const wrist = timeline.rows.filter({ hasText: 'Broken wrist' });
    await showsOnce(page, asthma, 'Asthma attack');
    await expect(wrist).toHaveCount(0);
    const other = await page.context().newPage();
    await open(other, unknown);

    expect(await send(adt({ event: 'A40', patient: known, gone: unknown.mrn }))).toBe('AA');
    await showsOnce(page, wrist, 'Broken wrist');
    await expect(asthma).toHaveCount(1);
    await timeline.isOf(known);

    // Nobody goes on reading what stood under the record that gave way, nor waits there for what comes.
    await other.clock.fastForward('00:11');
    await expect(other.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
    await expect(other.getByText('Broken wrist')).toHaveCount(0);
  });
});
