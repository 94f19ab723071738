import type { Page } from 'playwright';
import { type Chapter, open, settled, type Stage } from './story.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).waitFor();

async function signOn(page: Page, stage: Stage): Promise<void> {
  await page.goto(`${stage.desks}/intranet`);
  await page.getByRole('link', { name: 'Care Timeline' }).click();
  await page.getByRole('heading', { name: 'Borough sign-on' }).waitFor();
}

async function picker(page: Page, stage: Stage, who = 'Dr Adaeze Okafor'): Promise<void> {
  await signOn(page, stage);
  await page.getByRole('button', { name: who }).click();
  await page.getByRole('heading', { name: 'Whose record do you need?' }).waitFor();
}

export const wayInChapters: Chapter[] = [
  {
    title: 'Ways in',
    stories: [
      {
        name: 'framed',
        caption: 'Framed inside the system it was opened from.',
        show: async (page, stage) => {
          const { nhsNumber } = stage.person(/ADEYEMI/);
          await page.goto(`${stage.desks}/launch?system=emis&patient=${nhsNumber}&frame=1`);
          await page.frameLocator('iframe').locator('[data-complete-to=all]').waitFor();
          await settled(page);
        },
      },
      {
        name: 'frame-blocked',
        caption: 'The browser lets a frame keep nothing: the same launch, in a tab of its own.',
        show: async (page, stage) => {
          const { nhsNumber } = stage.person(/ADEYEMI/);
          // Another site to a browser, which blocks the storage of a frame from there.
          const elsewhere = stage.desks.replace('localhost', '127.0.0.1');
          await page.goto(`${elsewhere}/launch?system=emis&patient=${nhsNumber}&frame=1`);
          await page
            .frameLocator('iframe')
            .getByRole('link', { name: /open in a new tab/i })
            .waitFor();
        },
      },
      { name: 'sign-on', caption: 'The borough’s sign-on, from the intranet.', show: signOn },
      {
        name: 'picker',
        caption: 'Whose record, and why it may be opened.',
        show: (page, stage) => picker(page, stage),
      },
      {
        name: 'picker-problems',
        caption: 'What is wrong with the form, in one place and beside each field.',
        show: async (page, stage) => {
          await picker(page, stage);
          await page.getByRole('textbox', { name: 'NHS number' }).fill('123');
          await page.getByRole('button', { name: 'Find the person' }).click();
          await page.getByRole('alert').waitFor();
        },
      },
      {
        name: 'candidates',
        caption: 'Two people of one name and birthday, told apart; nothing is opened until one is chosen.',
        show: async (page, stage) => {
          await picker(page, stage);
          await page.getByRole('textbox', { name: 'Family name' }).fill('Ahmed');
          await page.getByRole('textbox', { name: 'Day' }).fill('14');
          await page.getByRole('textbox', { name: 'Month' }).fill('2');
          await page.getByRole('textbox', { name: 'Year' }).fill('1985');
          await page.getByRole('radio', { name: /The person is here and agrees/ }).check();
          await page.getByRole('button', { name: 'Find the person' }).click();
          await page.locator('form.person').nth(1).waitFor();
        },
      },
      {
        name: 'sessions',
        caption: 'Where somebody is signed on and what they have open, each with the way to end it.',
        show: async (page, stage) => {
          // Somebody whom the other stories leave alone.
          await picker(page, stage, 'Dr Fatima Pryce');
          await page.getByRole('textbox', { name: 'NHS number' }).fill(stage.person(/ADEYEMI/).nhsNumber);
          await page.getByRole('radio', { name: /The person is here and agrees/ }).check();
          await page.getByRole('button', { name: 'Find the person' }).click();
          await page.locator('form.person').getByRole('button').click();
          await page.getByTestId('completeness').waitFor();
          await page.goto(`${stage.hub}/oauth/sessions`);
          await page.getByRole('heading', { level: 1, name: 'Where you are signed on' }).waitFor();
        },
      },
      {
        name: 'launch-refused',
        caption: 'A launch that was used before, or is too old.',
        show: async (page, stage) => {
          await page.goto(`${stage.hub}/launch?iss=${encodeURIComponent(`${stage.hub}/fhir`)}&launch=long-gone`);
          await page.getByRole('heading', { level: 1, name: /too old/ }).waitFor();
        },
      },
      {
        name: 'unknown-hub',
        caption: 'A launch that names a record service nobody listed: nothing is sent there.',
        show: async (page, stage) => {
          await page.goto(`${stage.hub}/launch?iss=https%3A%2F%2Felsewhere.example%2Ffhir&launch=x`);
          await page.getByRole('heading', { level: 1, name: /not one we trust/ }).waitFor();
        },
      },
      {
        name: 'no-page',
        caption: 'No page at this address.',
        show: async (page, stage) => {
          await page.goto(`${stage.hub}/no-such-page`);
          await heading(page);
        },
      },
    ],
  },
  {
    title: 'Paper',
    stories: [
      {
        name: 'print',
        caption: 'What to print: a period, and what comes with it.',
        dark: true,
        show: async (page, stage) => {
          await open(page, stage, /ADEYEMI/);
          await page.keyboard.press('Control+p');
          await page.getByRole('radio', { name: 'From one day to another' }).check();
          await settled(page);
        },
      },
    ],
  },
];
