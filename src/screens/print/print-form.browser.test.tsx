import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import type { CompletenessFacts } from '../../timeline/completeness.ts';
import { layOut } from '../../timeline/layout.ts';
import { mostEntries } from '../../timeline/print/paper-words.ts';
import { axeProblems } from '../testing/axe.ts';
import { dailyEntries } from '../testing/entries.ts';
import { PrintForm, type PrintWish } from './print-form.tsx';

const now = Date.UTC(2026, 10, 22, 12);
const wish: PrintWish = { choice: 'all', from: '', to: '', withKey: true, filtered: false };
const facts: CompletenessFacts = {
  shown: 0,
  folded: 0,
  statements: 0,
  hidden: 0,
  held: 0,
  undated: 0,
  withdrawn: 0,
  completeTo: 'all',
  status: 'all',
  failedStreams: [],
  sources: [],
  sourcesRead: 'read',
  withheld: 'none',
  strangers: 0,
  offline: false,
  readAt: now,
};

async function show(count: number) {
  const onPrint = vi.fn<() => void>();
  const layout = layOut({
    entries: dailyEntries(count),
    now,
    watermark: -Infinity,
    status: 'all',
    filter: {},
    upcomingExpanded: true,
    gaps: [],
  });
  const period = { from: undefined, to: undefined, words: 'everything that is loaded' };
  await render(
    <PrintForm
      wish={wish}
      onWish={() => undefined}
      input={{ period, layout, facts, slow: [], filtered: undefined }}
      problem={undefined}
      hidden={0}
      refused={false}
      onPrint={onPrint}
    />,
  );
  return onPrint;
}

test('ten thousand entries are refused in words and not cut: a shorter period is asked for', async () => {
  const onPrint = await show(10_000);
  await expect.element(page.getByText(/These are more than 2,000 entries, too many for one document/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Print' })).toBeDisabled();
  document.querySelector('form')?.requestSubmit();
  expect(onPrint).not.toHaveBeenCalled();
  expect(await axeProblems(document.querySelector('form') ?? undefined)).toEqual([]);
});

test('as many as may be are printed', async () => {
  const onPrint = await show(mostEntries);
  await page.getByRole('button', { name: 'Print' }).click();
  expect(onPrint).toHaveBeenCalledTimes(1);
});
