import { expect, type Page } from '@playwright/test';
import { desks, hub } from './addresses.ts';
import { personWith } from './people.ts';
import { PickerPage } from './picker-page.ts';
import { TimelinePage } from './timeline-page.ts';

/** Everything there is to see, each with the way to it: what is true of every screen is asked of each of these. */
export interface PageState {
  name: string;
  /** Leaves the page in this state, at rest. */
  show(page: Page): Promise<unknown>;
}

export async function launch(page: Page, words: RegExp): Promise<TimelinePage> {
  const person = await personWith(words);
  await page.goto(`${desks}/launch?system=${person.systems[0] ?? 'emis'}&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  return timeline;
}

export async function open(page: Page, words: RegExp): Promise<TimelinePage> {
  const timeline = await launch(page, words);
  await timeline.isWhole();
  await page.waitForLoadState('networkidle');
  return timeline;
}

/** At any width: on a narrow window the button that leads to it is pressed first. */
async function press(page: Page, name: string | RegExp, behind?: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: typeof name === 'string' }).first();
  if (behind !== undefined && !(await button.isVisible())) {
    await page.getByRole('button', { name: behind, exact: true }).click();
  }
  await button.click();
}

export const recordStates: PageState[] = [
  { name: 'the timeline', show: (page) => open(page, /ADEYEMI/) },
  {
    name: 'an opened entry',
    show: async (page) => {
      const timeline = await open(page, /ADEYEMI/);
      await timeline.openEntry(/^Hospital stay/);
    },
  },
  {
    name: 'a search that finds something',
    show: async (page) => {
      await open(page, /ADEYEMI/);
      await page.getByRole('searchbox').fill('hip');
      await expect(page.locator('mark').first()).toBeVisible();
    },
  },
  {
    name: 'a search that finds nothing',
    show: async (page) => {
      await open(page, /ADEYEMI/);
      await page.getByRole('searchbox').fill('xylophone');
      await expect(page.getByTestId('no-match')).toBeVisible();
    },
  },
  {
    name: 'Print',
    show: async (page) => {
      await open(page, /ADEYEMI/);
      await page.keyboard.press('Control+p');
      await page.getByRole('radio', { name: 'From one day to another' }).check();
    },
  },
  {
    name: 'the keys',
    show: async (page) => {
      await open(page, /ADEYEMI/);
      await press(page, 'Keys', 'Filter and sources');
      await expect(page.getByRole('dialog', { name: /Keys/ })).toBeVisible();
    },
  },
  {
    name: 'all filters',
    show: async (page) => {
      await open(page, /ADEYEMI/);
      // Folds stay as they are when the window narrows, and the sheet is there then.
      for (const fold of ['Date', 'Kind', 'Source', 'Organisation']) {
        await page
          .locator('summary')
          .filter({ hasText: new RegExp(`^${fold}$`) })
          .click();
      }
    },
  },
  {
    name: 'filters on a phone',
    show: async (page) => {
      await page.setViewportSize({ width: 390, height: 664 });
      await open(page, /ADEYEMI/);
      await page.getByRole('button', { name: /^Filter/ }).click();
      await expect(page.getByRole('dialog', { name: 'Filter and sources' })).toBeVisible();
    },
  },
  {
    name: 'the second zone of the banner',
    show: async (page) => {
      const timeline = await open(page, /ADEYEMI/);
      await timeline.banner.getByRole('button', { name: /More about the person/ }).click();
      await expect(timeline.banner.getByText('Address')).toBeVisible();
    },
  },
  {
    name: 'a source that could not be read',
    show: async (page) => {
      await page.route(/\/fhir\/(Task|AllergyIntolerance)\?/, (route) => route.fulfill({ status: 500, body: '{}' }));
      await launch(page, /ADEYEMI/);
      await expect(page.getByText(/could not be read/).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
    },
  },
  { name: 'a person who has died', show: (page) => open(page, /^Died/) },
  { name: 'undated entries', show: (page) => open(page, /Undated/) },
  { name: 'no entry at all', show: (page) => open(page, /Nothing at all/) },
  { name: 'a name in Bengali', show: (page) => open(page, /Bengali/) },
];

export const otherStates: PageState[] = [
  ...(
    [
      ['/launch', 'This page was opened with an incomplete address'],
      ['/launch?iss=https%3A%2F%2Felsewhere.example%2Ffhir&launch=x', 'This record service is not one we trust'],
      [`/launch?iss=${encodeURIComponent(`${hub}/fhir`)}&launch=x`, 'This launch is too old, or was used before'],
      ['/callback?code=x&state=y', 'This answer does not belong to a launch of this tab'],
      ['/timeline', 'Your session has ended'],
      ['/no-such-page', 'There is no page at this address'],
    ] as const
  ).map(([address, heading]) => ({
    name: `the page "${heading}"`,
    show: async (page: Page) => {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    },
  })),
  {
    name: 'the picker with an error',
    show: async (page) => {
      const picker = new PickerPage(page);
      await picker.signOnAs('Dr Adaeze Okafor');
      await picker.nhsNumber.fill('123');
      await picker.find();
      await expect(picker.problems).toBeVisible();
    },
  },
  {
    name: 'the picker with two people found',
    show: async (page) => {
      const picker = new PickerPage(page);
      await picker.signOnAs('Dr Adaeze Okafor');
      await picker.fillName('Ahmed', { day: '14', month: '2', year: '1985' });
      await picker.agreed();
      await picker.find();
      await expect(picker.candidates).toHaveCount(2);
    },
  },
];
