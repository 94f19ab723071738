import { expect, test } from '@playwright/test';
import type { Bundle, FhirResource } from 'fhir/r4';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct } from '../../tools/run-product.ts';
import { adt, newcomer, newNumber, send } from '../hospital.ts';
import { heardHoursAgo } from '../silent-source.ts';
import { TimelinePage } from '../timeline-page.ts';
import { holdClock } from '../token-life.ts';

// The demonstration's hospitals promise not to be silent for longer than a day.

test('a hospital silent for longer than it promised is marked on the page and in /fhir, in words, until it sends again', async ({
  page,
}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'care-timeline-silent-'));
  const patient = newcomer('Mensah', 'Kwabena');
  const stay = { patient, visit: newNumber('V'), reason: 'Pneumonia', admitted: Date.now() - 30 * 3_600_000 };
  await heardHoursAgo(dataDir, 25, [adt({ event: 'A28', patient }), adt({ event: 'A01', ...stay })]);
  const product = await startProduct({ dataDir, demo: false });
  try {
    const address = `${product.desks}/launch?system=system-c&patient=${patient.nhsNumber}`;
    await expect.poll(async () => (await fetch(address, { redirect: 'manual' })).status).toBe(302);
    await holdClock(page);
    let authorization = '';
    page.on('request', (request) => {
      if (request.url().startsWith(`${product.hub}/fhir/`)) authorization = request.headers()['authorization'] ?? '';
    });
    /** How /fhir says that the hospital stands: as its Endpoint, and in the words that go with every answer. */
    const inFhir = async () => {
      const read = async (path: string) => {
        const answer = await fetch(`${product.hub}/fhir/${path}`, { headers: { authorization } });
        return ((await answer.json()) as Bundle<FhirResource>).entry?.flatMap(({ resource }) => resource ?? []) ?? [];
      };
      const endpoints = (await read('Endpoint')).filter((one) => one.resourceType === 'Endpoint');
      const outcomes = (await read('Encounter')).filter((one) => one.resourceType === 'OperationOutcome');
      const words = outcomes.flatMap(({ issue }) => issue).flatMap(({ details }) => details?.text ?? []);
      return {
        status: endpoints.find(({ name }) => name?.startsWith('Whittington'))?.status,
        words: words.filter((each) => each.startsWith('Whittington')),
      };
    };
    await page.goto(address);
    const timeline = new TimelinePage(page);
    await timeline.isOf(patient);
    await timeline.isWhole();
    const gaps = page.getByRole('alert').filter({ hasText: 'Whittington Hospital' });
    await expect(gaps).toContainText(
      /Whittington Hospital records are from \d\d-\w{3}-\d{4} \d\d:\d\d\. Later .* may be missing\./,
    );
    await expect.poll(inFhir).toEqual({
      status: 'suspended',
      words: [
        expect.stringMatching(/^Whittington Hospital records: late since .*What happened lately may be missing\./),
      ],
    });

    // The page has looked once by now whether anything is new, as it does every ten seconds.
    const looked = page.waitForResponse(/\$everything/);
    await page.clock.fastForward('00:11');
    await looked;
    expect(await send(adt({ event: 'A08', ...stay }), product.mllpPortOf('System C'))).toBe('AA');
    await expect.poll(inFhir, { timeout: 20_000 }).toEqual({ status: 'active', words: [] });
    // Once: a clock that goes on jumping would run out on what is being read again.
    const looksAgain = page.waitForResponse(/\$everything/);
    await page.clock.fastForward('00:11');
    await looksAgain;
    await expect(gaps).toHaveCount(0, { timeout: 20_000 });
    await timeline.isOf(patient);
  } finally {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
