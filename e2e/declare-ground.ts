import { expect, type Page } from '@playwright/test';
import { deskStaff } from '../mocks/borough/staff.ts';
import { desks } from './addresses.ts';
import type { Person } from './people.ts';

/**
 * Opens a record at the council's desk, which need not have the person as its own: there this social worker says that the
 * person agrees, once for all tests that run on one store. Another one than the first at that desk, about whose grounds a
 * journey of its own tells (who-may-look).
 */
export async function openAsSocialWorker(page: Page, person: Person): Promise<void> {
  const user = deskStaff.liquidlogic[1]?.id ?? '';
  await page.goto(`${desks}/launch?system=liquidlogic&user=${user}&patient=${person.nhsNumber}`);
  const agrees = page.getByRole('radio', { name: /The person is here and agrees/ });
  const declared = page.getByText(/^You declared: the person is here and agrees/);
  await expect(agrees.or(declared).first()).toBeVisible();
  if (await agrees.isVisible()) {
    await agrees.check();
    await page.getByRole('button', { name: 'Open the record' }).click();
  }
  await expect(declared).toBeVisible();
}
