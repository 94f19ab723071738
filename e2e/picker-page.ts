import { expect, type Locator, type Page } from '@playwright/test';
import { desks } from './addresses.ts';

/** Signing on from the intranet and choosing a person, as somebody at a desk does it. */
export class PickerPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** From the intranet's tile to the sign-on, and on as the named member of staff. */
  async signOnAs(name: string): Promise<void> {
    await this.page.goto(`${desks}/intranet`);
    await this.page.getByRole('link', { name: 'Care Timeline' }).click();
    await expect(this.page.getByRole('heading', { name: 'Borough sign-on' })).toBeVisible();
    await this.page.getByRole('button', { name }).click();
    await expect(this.form).toBeVisible();
  }

  get form(): Locator {
    return this.page.getByRole('heading', { name: 'Whose record do you need?' });
  }
  get nhsNumber(): Locator {
    return this.page.getByRole('textbox', { name: 'NHS number' });
  }
  /** What is wrong with the form, all in one place. */
  get problems(): Locator {
    return this.page.getByRole('alert');
  }
  /** The people found; each is a form named by its person. */
  get candidates(): Locator {
    return this.page.locator('form.person');
  }

  async agreed(): Promise<void> {
    await this.page.getByRole('radio', { name: /The person is here and agrees/ }).check();
  }

  async find(): Promise<void> {
    await this.page.getByRole('button', { name: 'Find the person' }).click();
  }

  async fillName(family: string, birth: { day: string; month: string; year: string }): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Family name' }).fill(family);
    await this.page.getByRole('textbox', { name: 'Day' }).fill(birth.day);
    await this.page.getByRole('textbox', { name: 'Month' }).fill(birth.month);
    await this.page.getByRole('textbox', { name: 'Year' }).fill(birth.year);
  }

  /** Finds one person by number, who is here and agrees, and opens the record. */
  async openByNumber(nhsNumber: string): Promise<void> {
    await this.nhsNumber.fill(nhsNumber);
    await this.agreed();
    await this.find();
    await expect(this.candidates).toHaveCount(1);
    await this.candidates.getByRole('button').click();
  }
}
