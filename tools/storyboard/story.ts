import type { Page } from 'playwright';

/** What a story is shown with: the running product, and who is there to be opened. */
export interface Stage {
  hub: string;
  desks: string;
  /** Where a hospital's system, by its name, sends its messages. */
  mllpPortOf(system: string): number;
  /** The demonstration person whose name, or reason to be there, has these words. */
  person(words: RegExp): { nhsNumber: string; name: string; systems: string[] };
}

/** One state of the product, with the way to it. */
export interface Story {
  /** Name of its files: `timeline` becomes `timeline-1280.png`. */
  name: string;
  /** What there is to see, for who leafs through. */
  caption: string;
  /** Whether it is shown on dark ground too. */
  dark?: boolean;
  /** Whether the app may install itself; not, unless told so. */
  installs?: boolean;
  /** Leaves the page in this state, at rest. */
  show(page: Page, stage: Stage): Promise<unknown>;
}

export interface Chapter {
  title: string;
  stories: Story[];
}

/** Below this width, CSS pixels, the find column and the key information stand behind buttons. */
const wideFrom = 1024;

export const widthOf = (page: Page): number => page.viewportSize()?.width ?? 0;
export const isWide = (page: Page): boolean => widthOf(page) >= wideFrom;

/** Presses the icon at a desk for the person these words fit. */
export async function launch(page: Page, stage: Stage, words: RegExp): Promise<void> {
  const { nhsNumber, systems } = stage.person(words);
  await page.goto(`${stage.desks}/launch?system=${systems[0] ?? 'emis'}&patient=${nhsNumber}`);
  await page.getByTestId('completeness').waitFor();
}

/** The same, and waits until everything was read. */
export async function open(page: Page, stage: Stage, words: RegExp): Promise<void> {
  await launch(page, stage, words);
  await page.locator('[data-testid=completeness][data-complete-to=all]').waitFor({ timeout: 60_000 });
  // The last of the key information comes a moment after the rows.
  await page
    .getByText(/(?:is|are) (?:still )?loading|are being read/)
    .first()
    .waitFor({ state: 'hidden' });
  await settled(page);
}

/** What of an element a story needs; this is run in the page. */
interface Scrolled {
  scrollIntoView(how: { block: 'start' | 'center' }): void;
}
export const toTop = (found: unknown): void => (found as Scrolled).scrollIntoView({ block: 'start' });
export const toMiddle = (found: unknown): void => (found as Scrolled).scrollIntoView({ block: 'center' });

/** Nothing is asked for any more, and what came is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
}

/** Scrolls down until a row of this title is in view. Rejects at the end of the list. */
export async function reach(page: Page, title: RegExp) {
  const wanted = page.getByRole('article').filter({ has: page.getByRole('heading', { level: 3, name: title }) });
  while ((await wanted.count()) === 0) {
    const moved = await page.evaluate(`(async () => {
      const before = scrollY;
      scrollBy(0, innerHeight / 2);
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      return scrollY > before;
    })()`);
    if (moved !== true) throw new Error(`no row is called ${String(title)}`);
  }
  const row = wanted.first();
  await row.evaluate(toMiddle);
  return row;
}

/** Opens the first entry of this title, and waits until what is linked to it was read. */
export async function openEntry(page: Page, title: RegExp): Promise<void> {
  const row = await reach(page, title);
  await row.getByRole('heading', { level: 3 }).getByRole('button').click();
  await page.getByTestId('entry-details').waitFor();
  await page.getByText('Reading what is linked').waitFor({ state: 'hidden' });
  await settled(page);
}

/** What the find column holds stands behind a button where there is little room. */
export async function openFind(page: Page): Promise<void> {
  if (!isWide(page)) await page.getByRole('button', { name: /^Filter/ }).click();
}

/** And so does the key information. */
export async function openKeyInformation(page: Page): Promise<void> {
  if (!isWide(page)) await page.getByRole('button', { name: 'Key information', exact: true }).first().click();
  await page.getByText('Results and trends').waitFor();
}

/** Brings words of the opened entry to the top of its panel. */
export async function bringUp(page: Page, text: RegExp): Promise<void> {
  const found = page.getByTestId('entry-details').getByText(text).first();
  await found.evaluate(toTop);
  await settled(page);
}
