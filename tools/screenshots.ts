import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Page } from 'playwright';
import { z } from 'zod';
import { browserFlags, requireBrowser } from './browser.ts';
import { startProduct } from './run-product.ts';

// `npm run screenshots`: the page in its states at three widths, from the running product, into docs/states.

const folder = resolve(import.meta.dirname, '../docs/states');
const sizes = [
  { width: 1280, height: 720 },
  { width: 768, height: 1024 },
  { width: 390, height: 664 },
];

const product = await startProduct();
const people = z
  .array(z.object({ nhsNumber: z.string(), name: z.string(), why: z.string() }))
  .parse(await (await fetch(`${product.desks}/people.json`)).json());

function launchOf(words: RegExp): string {
  const person = people.find(({ name, why }) => words.test(name) || words.test(why));
  if (person === undefined) throw new Error(`nobody is there for ${String(words)}`);
  return `${product.desks}/launch?system=emis&patient=${person.nhsNumber}`;
}

async function loaded(page: Page): Promise<void> {
  await page.locator('[data-testid=completeness][data-complete-to=all]').waitFor();
  await page.getByRole('article').first().waitFor();
}

const states: { name: string; show: (page: Page) => Promise<unknown> }[] = [
  {
    name: 'timeline',
    show: async (page) => {
      await page.goto(launchOf(/ADEYEMI/));
      await loaded(page);
    },
  },
  {
    name: 'details',
    show: async (page) => {
      await page.goto(launchOf(/ADEYEMI/));
      await loaded(page);
      const stay = page.getByRole('article', { name: /Hospital stay/ }).first();
      // Rows out of view are not in the page: go down to it.
      while ((await stay.count()) === 0) {
        await page.mouse.wheel(0, 300);
        await page.evaluate('new Promise(requestAnimationFrame)');
      }
      await stay.getByRole('button').first().click();
      await page.getByTestId('entry-details').waitFor();
      await page.waitForLoadState('networkidle');
    },
  },
  {
    name: 'source-down',
    show: async (page) => {
      await page.route(/\/fhir\/(Task|ServiceRequest|EpisodeOfCare)\?/, (route) =>
        route.fulfill({ status: 500, body: '{}' }),
      );
      await page.goto(launchOf(/ADEYEMI/));
      await page.locator('[data-testid=completeness][data-failed*=liquidlogic]').waitFor();
      await page.getByRole('article').first().waitFor();
      await page.waitForLoadState('networkidle');
    },
  },
  {
    name: 'died',
    show: async (page) => {
      await page.goto(launchOf(/died/i));
      await loaded(page);
    },
  },
  {
    name: 'nothing',
    show: async (page) => {
      await page.goto(launchOf(/nothing/i));
      await page.locator('[data-testid=completeness][data-complete-to=all]').waitFor();
      await page.waitForLoadState('networkidle');
    },
  },
  {
    name: 'launch-refused',
    show: async (page) => {
      await page.goto(`${product.hub}/launch?iss=${encodeURIComponent(`${product.hub}/fhir`)}&launch=long-gone`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
    },
  },
  {
    name: 'picker',
    show: async (page) => {
      await page.goto(`${product.hub}/`);
      await page.getByRole('heading', { name: 'Borough sign-on' }).waitFor();
      await page.getByRole('button').first().click();
      await page.locator('input[type=text], input:not([type])').first().waitFor();
    },
  },
];

try {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath: requireBrowser(), args: browserFlags() });
  for (const { name, show } of states) {
    for (const viewport of sizes) {
      const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'Europe/London' });
      const page = await context.newPage();
      await show(page);
      await page.screenshot({ path: `${folder}/${name}-${viewport.width}.png` });
      await context.close();
    }
    console.log(name);
  }
  await browser.close();
} finally {
  await product.stop();
}
