import { type Chapter, launch, open, openFind, openKeyInformation, reach, settled } from './story.ts';

const older = /\/fhir\/Encounter\?.*_after=/;

export const recordChapters: Chapter[] = [
  {
    title: 'The record',
    stories: [
      {
        name: 'timeline',
        caption: 'Who, can I trust it, now, recent: the page as it opens. One source is late, and that is said.',
        dark: true,
        show: (page, stage) => open(page, stage, /ADEYEMI/),
      },
      {
        name: 'loading',
        caption: 'The first page stands while older ones load: how far back it has got, with Stop.',
        show: async (page, stage) => {
          await page.route(older, () => new Promise(() => undefined));
          await launch(page, stage, /1,500/);
          await page.getByRole('article').first().waitFor();
          await page.waitForTimeout(1500);
        },
      },
      {
        name: 'stopped',
        caption: 'Loading was stopped: what is here stays, how far it reaches is said, and the rest can be loaded.',
        show: async (page, stage) => {
          let pages = 0;
          await page.route(older, async (route) => {
            pages += 1;
            if (pages > 2) await page.waitForTimeout(1200).catch(() => undefined);
            await route.continue().catch(() => undefined);
          });
          await launch(page, stage, /1,500/);
          await page.getByRole('article').first().waitFor();
          await page.getByRole('button', { name: 'Stop', exact: true }).first().click();
          await page.getByRole('button', { name: 'Load the rest' }).first().waitFor();
          await settled(page);
        },
      },
      {
        name: 'deep',
        caption: '1,500 encounters, scrolled deep: only what is near the window is in the page.',
        show: async (page, stage) => {
          await open(page, stage, /1,500/);
          await page.evaluate('scrollTo(0, document.documentElement.scrollHeight * 0.6)');
          await page.waitForTimeout(600);
          await settled(page);
        },
      },
      {
        name: 'upcoming',
        caption: 'All bookings unfolded, furthest first, on the ground of the future.',
        show: async (page, stage) => {
          await open(page, stage, /ADEYEMI/);
          await page.getByRole('button', { name: /^Show all \d+$/ }).click();
          await page.evaluate('scrollTo(0, 0)');
          await settled(page);
        },
      },
      {
        name: 'open-stay',
        caption: 'A stay of sixty days without a discharge: pinned under Now, and not called “in hospital”.',
        show: (page, stage) => open(page, stage, /sixty days with no discharge/),
      },
      {
        name: 'undated',
        caption: 'What has no date stands in a band of its own, counted.',
        show: async (page, stage) => {
          await open(page, stage, /Undated/);
          await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
          await page.waitForTimeout(500);
          await settled(page);
        },
      },
      {
        name: 'clocks',
        caption: 'Ill on both nights the clocks changed: times as the wall clock showed them.',
        show: async (page, stage) => {
          await open(page, stage, /clocks changed/);
          await reach(page, /111 call/).catch(() => undefined);
          await settled(page);
        },
      },
    ],
  },
  {
    title: 'The whole life at a glance',
    stories: [
      {
        name: 'overview',
        caption: 'The strip with focus on the bar of the whole life, moved to an earlier year; the list has followed.',
        dark: true,
        show: async (page, stage) => {
          await open(page, stage, /ADEYEMI/);
          const button = page.getByRole('button', { name: 'Overview', exact: true });
          if (await button.isVisible()) await button.click();
          const slider = page.getByRole('region', { name: 'Overview' }).getByRole('slider');
          await slider.focus();
          for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowLeft');
          await settled(page);
        },
      },
      {
        name: 'overview-words',
        caption: 'The same in words: by year and setting, and what was not read.',
        dark: true,
        show: async (page, stage) => {
          await open(page, stage, /ADEYEMI/);
          const button = page.getByRole('button', { name: 'Overview', exact: true });
          if (await button.isVisible()) await button.click();
          await page.getByRole('button', { name: 'In words' }).click();
          await page.getByRole('dialog').waitFor();
          await settled(page);
        },
      },
    ],
  },
  {
    title: 'Find',
    stories: [
      {
        name: 'find',
        caption: 'A search: matches are marked, what is hidden is counted, and what was not searched is said.',
        dark: true,
        show: async (page, stage) => {
          await open(page, stage, /ADEYEMI/);
          await page.getByRole('searchbox').fill('hip');
          await page.locator('mark').first().waitFor();
          await settled(page);
        },
      },
      {
        name: 'find-nothing',
        caption: 'No match: how far the search reached, never “nothing happened”.',
        show: async (page, stage) => {
          await open(page, stage, /ADEYEMI/);
          await page.getByRole('searchbox').fill('xylophone');
          await page.getByTestId('no-match').waitFor();
          await settled(page);
        },
      },
      {
        name: 'filters',
        caption: 'Filters with their counts, none on by default; one setting is hidden here, and that stays in view.',
        show: async (page, stage) => {
          await open(page, stage, /ADEYEMI/);
          await openFind(page);
          await page.getByRole('checkbox', { name: /^GP/ }).click();
          await page
            .locator('summary')
            .filter({ hasText: /^Kind$/ })
            .click();
          await settled(page);
        },
      },
      {
        name: 'keys',
        caption: 'The keys, which work only while the list has focus and can be switched off.',
        show: async (page, stage) => {
          await open(page, stage, /ADEYEMI/);
          await openFind(page);
          await page.getByRole('button', { name: 'Keys', exact: true }).click();
          await page.getByRole('dialog', { name: /Keys/ }).waitFor();
          await settled(page);
        },
      },
    ],
  },
  {
    title: 'Key information and results over time',
    stories: [
      {
        name: 'key-information',
        caption:
          'Each topic in its state, each statement with who says so and how old it is; differences are not settled.',
        show: async (page, stage) => {
          await open(page, stage, /disagree on allergies/);
          await openKeyInformation(page);
          await settled(page);
        },
      },
      ...(
        [
          ['trend-pressure', 'Blood pressure, clinic and home apart.', /ADEYEMI/, /^Blood pressure.*over time/, true],
          ['trend-units', 'A change of units: two pictures, nothing converted.', /Bengali/, /^HbA1c.*over time/, false],
          [
            'trend-limits',
            'Readings below what the laboratory reports are limits, not points.',
            /1,500/,
            /^eGFR.*over time/,
            false,
          ],
        ] as const
      ).map(([name, caption, who, button, dark]) => ({
        name,
        caption,
        dark,
        show: async (page: Parameters<typeof open>[0], stage: Parameters<typeof open>[1]) => {
          await open(page, stage, who);
          await openKeyInformation(page);
          await page.getByText('Results and trends').click();
          await page.getByRole('button', { name: button }).first().click();
          await page.getByTestId('trend').getByRole('slider').first().waitFor();
          await settled(page);
        },
      })),
    ],
  },
  {
    title: 'The person',
    stories: [
      {
        name: 'second-zone',
        caption: 'The second zone of the banner: other names, address, telephone, practice.',
        show: async (page, stage) => {
          await open(page, stage, /ADEYEMI/);
          await page.getByRole('button', { name: /More about the person/ }).click();
          await settled(page);
        },
      },
      {
        name: 'died',
        caption: 'A confirmed death: another ground, another pattern, and words.',
        dark: true,
        show: (page, stage) => open(page, stage, /^Died/),
      },
      {
        name: 'newborn',
        caption: 'Four days old, named Baby in hospital, NHS number not traced there.',
        show: (page, stage) => open(page, stage, /^Newborn/),
      },
      {
        name: 'bengali',
        caption: 'A name in Bengali with its Latin form beside it.',
        show: (page, stage) => open(page, stage, /Bengali/),
      },
      {
        name: 'nothing',
        caption: 'Nothing recorded, which does not mean that no care was given.',
        show: (page, stage) => open(page, stage, /Nothing at all/),
      },
      {
        name: 'only-future',
        caption: 'Only bookings, and no known allergies by a clinician’s word.',
        show: (page, stage) => open(page, stage, /Only future/),
      },
    ],
  },
];
