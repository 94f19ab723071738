import { expect, test, type Page } from '@playwright/test';
import { desks } from '../../addresses.ts';
import { personWith } from '../../people.ts';
import { TimelinePage } from '../../timeline-page.ts';

// A source tells a record whose every word is a script: the page shows it as words, under its own content security policy.

const hostile = `"><script>window.ran = 1</script><img src=x onerror="window.ran = 2"><svg onload="window.ran = 3"> javascript:alert(4)`;

/** Members that hold codes, addresses and times by which a record is found and joined; all other strings are words. */
const kept =
  /^(?:resourceType|id|reference|system|code|status|use|type|url|fullUrl|mode|relation|contentType|data|language|.*[dD]ate.*|.*[tT]ime|start|end|issued|recorded|lastUpdated|versionId|source|value[A-Z]\w*|birthDate|gender|unit|severity|intent|priority|kind)$/;

function poison(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return kept.test(name) ? value : hostile;
  if (Array.isArray(value)) return value.map((each: unknown) => poison(each, name));
  if (typeof value !== 'object' || value === null) return value;
  // A number by which the person is known stays: the page checks it.
  if ('system' in value && /^https?:/.test(String(value.system)) && 'value' in value) return value;
  if ('contentType' in value && 'url' in value) return { ...value, url: 'javascript:window.ran = 5', title: hostile };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, poison(each, key)]));
}

/** Poisons every resource between hub and page, whatever its type. */
async function poisonRecord(page: Page): Promise<void> {
  await page.route(/\/fhir\/(?!metadata|\.well-known)/, async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    if (!answer.ok() || !text.startsWith('{')) return route.fulfill({ response: answer, body: text });
    const body = JSON.parse(text) as { entry?: { resource: { resourceType: string } }[] };
    const poisoned = body.entry
      ? {
          ...body,
          entry: body.entry.map((one) => ({
            ...one,
            resource: one.resource.resourceType === 'OperationOutcome' ? one.resource : poison(one.resource),
          })),
        }
      : poison(body);
    return route.fulfill({ response: answer, json: poisoned });
  });
}

test('a record whose every word is a script is shown as words: nothing runs, nothing is asked for, nothing is refused late', async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on(
    'console',
    (message) => /Content Security Policy|Trusted/i.test(message.text()) && complaints.push(message.text()),
  );
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await poisonRecord(page);
  const person = await personWith(/ADEYEMI/);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await expect(timeline.rows.first()).toBeVisible();
  await expect(page.getByTestId('patient-banner')).toContainText('<script>window.ran = 1</script>');
  for (let i = 0; i < 3; i += 1) {
    await timeline.rows.nth(i).getByRole('button').first().click();
    await expect(timeline.details).toContainText('<script>');
    await page.keyboard.press('Escape');
  }
  expect(await page.locator('[href^="javascript:" i], [src^="javascript:" i], [action^="javascript:" i]').count()).toBe(
    0,
  );
  expect(await page.getByText('<script>window.ran = 1</script>').count()).toBeGreaterThan(5);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(
    await page.evaluate(
      () => document.querySelectorAll('script:not([src]), svg[onload], img[src="x"], [onerror]').length,
    ),
  ).toBe(0);
  expect(asked.filter((address) => /\/x$|javascript:/.test(address))).toEqual([]);
  expect(complaints).toEqual([]);
});

test('text that a script of the page would make markup of is refused by the browser itself', async ({ page }) => {
  await page.goto('/nowhere');
  const tried = await page.evaluate(async () => {
    const results: string[] = [];
    const attempt = (what: string, act: () => unknown): void => {
      try {
        act();
        results.push(`${what} was let through`);
      } catch {
        results.push(`${what} was refused`);
      }
    };
    attempt('innerHTML', () => (document.createElement('div').innerHTML = '<b>x</b>'));
    attempt('a script from elsewhere', () => (document.createElement('script').src = 'https://evil.example/a.js'));
    attempt('a worker made of text', () => new Worker(URL.createObjectURL(new Blob(['1']))));
    // The test's own question is exempt from the policy; what it leaves behind is not.
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        // oxlint-disable-next-line no-eval -- that it is refused is what is tried
        attempt('eval', () => (0, eval)('1'));
        resolve();
      });
    });
    attempt('a policy of its own', () =>
      (
        window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
      ).trustedTypes.createPolicy('mine', {}),
    );
    return results;
  });
  expect(tried).toEqual(
    ['innerHTML', 'a script from elsewhere', 'a worker made of text', 'eval', 'a policy of its own'].map(
      (what) => `${what} was refused`,
    ),
  );
});
