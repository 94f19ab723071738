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
