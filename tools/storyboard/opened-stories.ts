import { bringUp, type Chapter, open, openEntry, type Stage, settled, toMiddle, toTop } from './story.ts';
import type { Page } from 'playwright';

const letter =
  (title: RegExp, button: RegExp, wait: (page: Page) => Promise<unknown>) => async (page: Page, stage: Stage) => {
    await open(page, stage, /ADEYEMI/);
    await openEntry(page, title);
    await page.getByTestId('entry-details').getByRole('button', { name: button }).first().click();
    await wait(page);
    await page.getByTestId('entry-details').getByRole('button', { name: /^Hide/ }).first().evaluate(toTop);
    await settled(page);
  };

export const openedChapter: Chapter = {
  title: 'An opened entry',
  stories: [
    {
      name: 'details',
      caption: 'A hospital stay, told by several sources: why joined, where they differ, and what is linked to it.',
      dark: true,
      show: async (page, stage) => {
        await open(page, stage, /ADEYEMI/);
        await openEntry(page, /^Hospital stay: fall at home, hip fracture/);
      },
    },
    {
      name: 'results',
      caption: 'Its results: value, range as the laboratory stated it, and its flag in words.',
      show: async (page, stage) => {
        await open(page, stage, /ADEYEMI/);
        await openEntry(page, /^Hospital stay: fall at home, hip fracture/);
        await bringUp(page, /^Haemoglobin/);
      },
    },
    {
      name: 'see-both',
      caption: 'One event, each source’s own statement, beside each other where there is room.',
      dark: true,
      show: async (page, stage) => {
        await open(page, stage, /Many sources for one stay/);
        await openEntry(page, /^Hospital stay/);
        await bringUp(page, /^What each source states/);
      },
    },
    {
      name: 'compare',
      caption: 'Possibly the same as another entry: kept apart, and laid beside it when asked for.',
      show: async (page, stage) => {
        await open(page, stage, /clocks changed/);
        await openEntry(page, /^Hospital stay: abdominal pain/);
        const compare = page
          .getByTestId('entry-details')
          .getByRole('button', { name: /^Compare with/ })
          .first();
        await compare.click();
        await compare.evaluate(toMiddle);
        await settled(page);
      },
    },
    {
      name: 'letter-pdf',
      caption: 'A letter as PDF, read in place.',
      dark: true,
      show: letter(/^Hospital stay: fall at home, hip fracture/, /^Read Discharge summary$/, (page) =>
        page
          .getByRole('group', { name: /Page 1 of/ })
          .locator('canvas')
          .waitFor(),
      ),
    },
    {
      name: 'letter-page',
      caption: 'A letter as a page with a table, sanitised.',
      show: letter(/Geriatric Medicine/i, /^Read Geriatric Medicine clinic letter$/, (page) =>
        page.getByTestId('entry-details').getByRole('table').last().waitFor(),
      ),
    },
    {
      name: 'letter-scan',
      caption: 'A scanned letter.',
      show: letter(/Walking aid assessment sheet/i, /^Read Walking aid assessment sheet$/, (page) =>
        page.getByTestId('entry-details').locator('img').first().waitFor(),
      ),
    },
    {
      name: 'letter-other',
      caption: 'A form no browser shows: said, and saved to be opened elsewhere.',
      show: letter(/Heart failure nurse referral form/i, /^Read Heart failure nurse referral form$/, (page) =>
        page.waitForTimeout(500),
      ),
    },
  ],
};
