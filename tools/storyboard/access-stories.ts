import type { Page } from 'playwright';
import { adt, newcomer, send } from '../../e2e/hospital.ts';
import { type Chapter, open, openEntry, settled, type Stage, toMiddle } from './story.ts';

/** The council need not have this person as its own: this social worker has to say why. */
async function declaring(page: Page, stage: Stage): Promise<void> {
  const { nhsNumber } = stage.person(/Labelled items/);
  await page.goto(`${stage.desks}/launch?system=liquidlogic&patient=${nhsNumber}`);
  await page.getByRole('heading', { name: 'Say why you open this record' }).waitFor();
  await settled(page);
}

/** She keeps her whole record back: a GP who signed on from the intranet sees who she is. */
async function keptBack(page: Page, stage: Stage): Promise<void> {
  const { nhsNumber } = stage.person(/NAKAMURA/);
  await page.goto(`${stage.desks}/intranet`);
  await page.getByRole('link', { name: 'Care Timeline' }).click();
  await page.getByRole('button', { name: 'Dr Adaeze Okafor' }).click();
  await page.getByRole('textbox', { name: 'NHS number' }).fill(nhsNumber);
  await page.getByRole('radio', { name: /The person is here and agrees/ }).check();
  await page.getByRole('button', { name: 'Find the person' }).click();
  await page.locator('form.person').getByRole('button').click();
  await page.getByRole('heading', { name: 'The record is not shown to you' }).waitFor();
  await settled(page);
}

async function lastResort(page: Page, stage: Stage) {
  await keptBack(page, stage);
  await page.getByRole('button', { name: 'Open what is withheld…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Open what is withheld' });
  await sheet.getByRole('radio', { name: 'Their life or safety is in danger' }).check();
  return sheet;
}

/** His own record, as he signs in to it; he keeps one clinic from everybody. */
async function ownRecord(page: Page, stage: Stage): Promise<void> {
  const { name } = stage.person(/one hospital clinic/);
  await page.goto(`${stage.hub}/?as=person`);
  await page.getByRole('button', { name }).click();
  await page.locator('[data-testid=completeness][data-complete-to=all]').waitFor();
  await settled(page);
}

async function ownSheet(page: Page, stage: Stage, name: string): Promise<void> {
  await ownRecord(page, stage);
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog', { name }).waitFor();
  await settled(page);
}

async function officer(page: Page, stage: Stage): Promise<void> {
  await page.goto(`${stage.hub}/privacy`);
  await page.getByRole('button', { name: 'Marian Clegg' }).click();
  await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
}

async function operator(page: Page, stage: Stage): Promise<void> {
  await page.goto(`${stage.hub}/ops`);
  await page.getByRole('button', { name: 'Marcin Zielinski' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sources' }).waitFor();
}

export const accessChapters: Chapter[] = [
  {
    title: 'Who may look',
    stories: [
      {
        name: 'say-why',
        caption: 'Nothing says that this reader cares for the person: who it is, and no more until they say why.',
        dark: true,
        show: declaring,
      },
      {
        name: 'kept-back',
        caption: 'The person keeps their record back: never a list that looks empty.',
        show: keptBack,
      },
      {
        name: 'last-resort',
        caption: 'The last resort, for this visit alone; the person and the privacy officer are told.',
        dark: true,
        show: async (page, stage) => {
          await lastResort(page, stage);
          await settled(page);
        },
      },
      {
        name: 'glass-broken',
        caption: 'The record after it, which says until when.',
        show: async (page, stage) => {
          const sheet = await lastResort(page, stage);
          await sheet.getByRole('textbox').fill('Brought in unconscious');
          await sheet.getByRole('button', { name: 'Open what is withheld' }).click();
          await page.getByText(/Glass broken until/).waitFor();
          await page.locator('[data-testid=completeness][data-complete-to=all]').waitFor();
          await settled(page);
        },
      },
    ],
  },
  {
    title: 'The person’s own record',
    stories: [
      {
        name: 'phone',
        caption: 'The way in from a phone.',
        show: async (page, stage) => {
          await page.goto(`${stage.desks}/phone`);
          await page.getByRole('link', { name: 'Open my care record' }).waitFor();
        },
      },
      {
        name: 'own-record',
        caption: 'The same record to the person themself, with what is theirs to decide.',
        dark: true,
        show: ownRecord,
      },
      {
        name: 'own-entry',
        caption: 'An entry of their own, which they may keep from everybody.',
        show: async (page, stage) => {
          await ownRecord(page, stage);
          await openEntry(page, /^GP consultation/);
          await page.getByRole('button', { name: 'Keep this from everybody' }).evaluate(toMiddle);
        },
      },
      {
        name: 'my-choices',
        caption: 'Who may look: what is kept back, from whom, and how to undo it.',
        dark: true,
        show: (page, stage) => ownSheet(page, stage, 'Who may look'),
      },
      {
        name: 'share-reading',
        caption: 'A weight or a blood pressure that they share; nobody is alerted by it, and a slip is taken back.',
        show: async (page, stage) => {
          await page.goto(`${stage.hub}/?as=person`);
          await page.getByRole('button', { name: stage.person(/ADEYEMI/).name }).click();
          await page.locator('[data-testid=completeness][data-complete-to=all]').waitFor();
          await page.getByRole('button', { name: 'Share a reading' }).click();
          const sheet = page.getByRole('dialog', { name: 'Share a reading' });
          await sheet
            .getByRole('button', { name: /^Take back/ })
            .first()
            .waitFor();
          await sheet.getByLabel('Upper number').fill('88');
          await sheet.getByLabel('Lower number').fill('152');
          await sheet.getByRole('button', { name: 'Share', exact: true }).click();
          await settled(page);
        },
      },
      {
        name: 'who-looked',
        caption: 'Who looked, visit by visit, in plain words.',
        show: async (page, stage) => {
          await open(page, stage, /one hospital clinic/);
          await ownSheet(page, stage, 'Who looked');
          await page.getByText('Reading who looked.').waitFor({ state: 'hidden' });
        },
      },
    ],
  },
  {
    title: 'Behind the record',
    stories: [
      { name: 'privacy', caption: 'The privacy officer looks up a person, or a user.', show: officer },
      {
        name: 'privacy-person',
        caption: 'Who looked at one person.',
        show: async (page, stage) => {
          await officer(page, stage);
          await page.getByRole('textbox', { name: 'NHS number' }).fill(stage.person(/NAKAMURA/).nhsNumber);
          await page.getByRole('button', { name: 'Show who looked' }).click();
          await page.getByRole('heading', { level: 1, name: /^Who looked at/ }).waitFor();
        },
      },
      {
        name: 'privacy-glass',
        caption: 'Every broken glass, with its reason, until somebody has looked into it.',
        show: async (page, stage) => {
          await officer(page, stage);
          await page.getByRole('link', { name: 'Broken glass', exact: true }).click();
          await page.getByRole('heading', { level: 1, name: 'Broken glass' }).waitFor();
        },
      },
      { name: 'sources-kept', caption: 'The operator’s page: how each source stands.', show: operator },
      {
        name: 'doubts',
        caption: 'What was taken with doubts, without a word of anybody’s record.',
        show: async (page, stage) => {
          // A number whose check digit is wrong.
          const patient = { ...newcomer('Quill', 'Ada'), nhsNumber: '9990000019' };
          await send(adt({ event: 'A28', patient }), stage.mllpPortOf('System C'));
          await operator(page, stage);
          await page.getByRole('link', { name: 'Doubts' }).click();
          await page.getByRole('heading', { level: 2, name: 'Taken with doubts' }).waitFor();
          // It is kept at once, and worked on a moment later.
          const doubt = page.getByText('An NHS number that cannot be one').first();
          for (let look = 0; look < 50 && !(await doubt.isVisible()); look += 1) await page.reload();
          await doubt.waitFor();
        },
      },
    ],
  },
];
