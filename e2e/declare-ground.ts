import { expect, type Page } from '@playwright/test';
import { desks } from './addresses.ts';
import type { Person } from './people.ts';
import { sayWhyIfAsked } from './say-why.ts';

/** Opens a record at the council's desk, which does not have the person as its own, and says why unless that stands from before. */
export async function openAsSocialWorker(page: Page, person: Person): Promise<void> {
  await page.goto(`${desks}/launch?system=liquidlogic&patient=${person.nhsNumber}`);
  await sayWhyIfAsked(page);
  await expect(page.getByText(/^You declared: the person is here and agrees/)).toBeVisible();
}
