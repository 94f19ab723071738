import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** The timeline as a test holds it: in a tab, or inside a desk's frame. */
export class TimelinePage {
  readonly root: Page | FrameLocator;

  constructor(root: Page | FrameLocator) {
    this.root = root;
  }

  get banner(): Locator {
    return this.root.getByTestId('patient-banner');
  }
  get feed(): Locator {
    return this.root.getByRole('feed', { name: 'Timeline' });
  }
  get rows(): Locator {
    return this.feed.getByRole('article');
  }
  get completeness(): Locator {
    return this.root.getByTestId('completeness');
  }
  get details(): Locator {
    return this.root.getByTestId('entry-details');
  }

  /** The rows in the page whose own title is this one; headings and discharge lines above a row are not its title. */
  titled(title: RegExp): Locator {
    return this.rows.filter({ has: this.root.getByRole('heading', { level: 3, name: title }) });
  }

  /** Scrolls down until a row of this title is in the page, for only those near the window are; gives the first such row. */
  async reach(title: RegExp): Promise<Locator> {
    return this.reachRow(this.titled(title).first());
  }

  /** The same for a row that is known by something else than its title. */
  async reachRow(wanted: Locator): Promise<Locator> {
    const window = this.root.locator('html');
    for (let moved = true; moved && (await wanted.count()) === 0;) {
      moved = await window.evaluate(async (html) => {
        const before = html.scrollTop;
        html.scrollBy(0, html.clientHeight / 2);
        await new Promise((drawn) => {
          requestAnimationFrame(() => requestAnimationFrame(drawn));
        });
        return html.scrollTop > before;
      });
    }
    await expect(wanted).toBeVisible();
    return wanted;
  }

  /** Opens the first entry of this title, and waits until what is linked to it was read. */
  async openEntry(title: RegExp): Promise<void> {
    const row = await this.reach(title);
    await row.getByRole('heading', { level: 3 }).getByRole('button').click();
    await expect(this.details.getByRole('heading', { level: 2, name: title })).toBeVisible();
    await expect(this.details.getByText('Reading what is linked')).toHaveCount(0);
  }

  /** The right person's banner stands, and at least one row or the words for none. */
  async isOf(person: { nhsNumber: string }): Promise<void> {
    await expect(this.banner).toHaveAttribute('data-nhs-number', person.nhsNumber);
    await expect(this.completeness).toBeVisible();
  }

  /** Every page of every stream has been read. */
  async isWhole(): Promise<void> {
    await expect(this.completeness).toHaveAttribute('data-complete-to', 'all', { timeout: 45_000 });
  }

  /** One of the values the page keeps for tools. */
  async count(name: 'shown' | 'statements' | 'hidden'): Promise<number> {
    return Number(await this.completeness.getAttribute(`data-${name}`));
  }
}
