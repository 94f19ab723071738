import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { z } from 'zod';
import { browserFlags, requireBrowser } from './browser.ts';
import { showPrintedPages } from './print-pages.ts';
import { startProduct } from './run-product.ts';
import { accessChapters } from './storyboard/access-stories.ts';
import { gapChapters } from './storyboard/gap-stories.ts';
import { leafThrough } from './storyboard/leaf-through.ts';
import { openedChapter } from './storyboard/opened-stories.ts';
import { recordChapters } from './storyboard/record-stories.ts';
import { smallPng } from './storyboard/small-png.ts';
import { type Chapter, open, type Stage, type Story } from './storyboard/story.ts';
import { wayInChapters } from './storyboard/way-in-stories.ts';

// `npm run screenshots [-- NAME…]`: every state of the page at three widths, from the running product, into docs/states,
// and the page to leaf through. A state that cannot be reached is named, and the run fails at its end.

const folder = resolve(import.meta.dirname, '../docs/states');
const sizes = [
  { width: 1280, height: 720 },
  { width: 768, height: 1024 },
  { width: 390, height: 664 },
];
const [firstRecord, ...otherRecords] = recordChapters;
const chapters: Chapter[] = [
  ...(firstRecord ? [firstRecord] : []),
  openedChapter,
  ...otherRecords,
  ...gapChapters,
  ...accessChapters,
  ...wayInChapters,
];
const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
const failures: string[] = [];

async function take(browser: Browser, stage: Stage, story: Story, viewport: (typeof sizes)[number], dark: boolean) {
  const context = await browser.newContext({
    viewport,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    colorScheme: dark ? 'dark' : 'light',
    serviceWorkers: story.installs === true ? 'allow' : 'block',
    // A phone's scroll bar takes no room.
    isMobile: viewport.width < 640,
    hasTouch: viewport.width < 640,
  });
  context.setDefaultTimeout(40_000);
  const file = `${story.name}-${viewport.width}${dark ? '-dark' : ''}.png`;
  try {
    const page = await context.newPage();
    await story.show(page, stage);
    // A build that went on beside this took the page's parts away: that is no state of the product.
    if ((await page.getByText('part of this page did not arrive').count()) > 0)
      throw new Error('a part did not arrive');
    writeFileSync(`${folder}/${file}`, smallPng(await page.screenshot({ caret: 'initial' })));
  } catch (error) {
    failures.push(`${file}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  } finally {
    await context.close();
  }
}

const product = await startProduct();
try {
  const people = z
    .array(z.object({ nhsNumber: z.string(), name: z.string(), why: z.string(), systems: z.array(z.string()) }))
    .parse(await (await fetch(`${product.desks}/people.json`)).json());
  const stage: Stage = {
    ...product,
    person(words) {
      const found = people.find(({ name, why }) => words.test(name) || words.test(why));
      if (found === undefined) throw new Error(`nobody is there for ${String(words)}`);
      return found;
    },
  };
  mkdirSync(folder, { recursive: true });
  // Pictures of states that are no more must not stay.
  if (wanted.length === 0)
    for (const file of readdirSync(folder)) if (file.endsWith('.png')) rmSync(`${folder}/${file}`);
  const browser = await chromium.launch({
    executablePath: requireBrowser(),
    // The browser's own controls in the language of the page.
    args: [...browserFlags(), '--lang=en-GB'],
    ignoreDefaultArgs: ['--hide-scrollbars'],
  });
  for (const story of chapters.flatMap(({ stories }) => stories).filter(({ name }) => isWanted(name))) {
    const looks = sizes.flatMap((size) => [
      { size, dark: false },
      ...(story.dark === true && size.width !== 768 ? [{ size, dark: true }] : []),
    ]);
    await Promise.all(looks.map(({ size, dark }) => take(browser, stage, story, size, dark)));
    console.log(story.name);
  }
  if (isWanted('sheets')) {
    const context = await browser.newContext({ viewport: sizes[0], locale: 'en-GB', timezoneId: 'Europe/London' });
    const page = await context.newPage();
    await open(page, stage, /ADEYEMI/);
    await showPrintedPages(page, folder);
    await context.close();
    for (const file of readdirSync(folder).filter((name) => /^print-\d\.png$/.test(name))) {
      writeFileSync(`${folder}/${file}`, smallPng(readFileSync(`${folder}/${file}`)));
    }
  }
  await browser.close();
} finally {
  await product.stop();
}
writeFileSync(
  `${folder}/README.md`,
  leafThrough(
    folder,
    chapters,
    sizes.map(({ width }) => width),
  ),
);
const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(`${folder}/${file}`).size, 0);
console.log(`${(bytes / 1e6).toFixed(1)} MB in docs/states`);
if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exitCode = 1;
}
