import { expect, type Page } from '@playwright/test';
import { axeFaults, cutWords, overlaps, smallTargets, spaceText, tooWide } from '../page-checks.ts';
import { otherStates, recordStates } from '../page-states.ts';
import { test } from '../watched.ts';

// What must hold of everything there is to see (T11), in every state, at every width, light and dark.

const wide = { width: 1280, height: 720 };
const tablet = { width: 768, height: 1024 };
const phone = { width: 390, height: 664 };
/** The least width, and 1280 by 1024 at 400 % zoom, which is the same to a page (WCAG 1.4.10). */
const narrow = { width: 320, height: 568 };
const zoomed = { width: 320, height: 256 };

/** Gives what has to be laid out anew two frames to do it. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((drawn) => {
        requestAnimationFrame(() => requestAnimationFrame(drawn));
      }),
  );
}

/** Everything found wrong with the page as it stands, at one width; a line each. */
async function wrongAt(page: Page, size: { width: number; height: number }, least: number): Promise<string[]> {
  await page.setViewportSize(size);
  await settle(page);
  const across = await tooWide(page);
  const found = [
    ...(across > 0 ? [`${across} pixels too wide`] : []),
    ...(await smallTargets(page, least)).map((target) => `small: ${target}`),
    ...(await overlaps(page)).map((pair) => `overlap: ${pair}`),
    ...(await cutWords(page)).map((words) => `cut: ${words}`),
  ];
  return found.map((fault) => `${size.width}x${size.height} ${fault}`);
}

for (const { name, show } of [...recordStates, ...otherStates]) {
  test(`clean for axe at three widths, light and dark; fits, with room for a finger, down to 400 % zoom: ${name}`, async ({
    page,
  }) => {
    // Twelve layouts and five readings by axe of one page: it is opened once for all of them.
    test.setTimeout(120_000);
    await show(page);
    const found: string[] = [];
    for (const size of [wide, tablet, phone]) {
      found.push(...(await wrongAt(page, size, size === phone ? 44 : 24)));
      found.push(...(await axeFaults(page)).map((fault) => `${size.width} light: ${fault}`));
      // The tablet has no colour of its own.
      if (size === tablet) continue;
      await page.emulateMedia({ colorScheme: 'dark' });
      // Only colours differ in the dark.
      found.push(...(await axeFaults(page, ['color-contrast'])).map((fault) => `${size.width} dark: ${fault}`));
      await page.emulateMedia({ colorScheme: 'light' });
    }
    found.push(...(await wrongAt(page, narrow, 44)), ...(await wrongAt(page, zoomed, 44)));
    await spaceText(page);
    const spaced = [...(await wrongAt(page, narrow, 44)), ...(await wrongAt(page, wide, 24))];
    expect([...found, ...spaced.map((fault) => `with wider spaces: ${fault}`)]).toEqual([]);
  });
}
