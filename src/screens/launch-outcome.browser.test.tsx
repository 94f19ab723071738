import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { LaunchFailureReason } from '../launch/outcome.ts';
import '../styles.css';
import { launchFailureWords } from './launch-failure-words.ts';
import { LaunchOutcomeScreen } from './launch-outcome.tsx';
import { StartingScreen } from './starting.tsx';
import { axeProblems } from './testing/axe.ts';

const reasons = Object.keys(launchFailureWords) as LaunchFailureReason[];

test.each(reasons)('%s: says what happened and what to do, and its heading is heard first', async (reason) => {
  await render(<LaunchOutcomeScreen reason={reason} />);
  const { title, happened, todo } = launchFailureWords[reason];
  await expect.element(page.getByRole('heading', { level: 1, name: title })).toHaveFocus();
  await expect.element(page.getByText(happened)).toBeVisible();
  await expect.element(page.getByText(todo)).toBeVisible();
  expect(document.querySelectorAll('a').length).toBe(0);
  expect(await axeProblems(document.body)).toEqual([]);
});

test('blocked storage offers the very same launch in a tab that cannot reach back', async () => {
  await render(<LaunchOutcomeScreen reason="storage-blocked" newTabHref="/launch?iss=a&launch=b" />);
  const link = page.getByRole('link', { name: 'Open in a new tab' });
  await expect.element(link).toHaveAttribute('href', '/launch?iss=a&launch=b');
  await expect.element(link).toHaveAttribute('target', '_blank');
  await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer');
});

test('where trying again can help there is a link, and the detail for the service desk stands apart', async () => {
  await render(<LaunchOutcomeScreen reason="hub-down" retryHref="/" detail="no answer within 20 seconds" />);
  await expect.element(page.getByRole('link', { name: 'Try again' })).toHaveAttribute('href', '/');
  await expect.element(page.getByText('no answer within 20 seconds')).toBeVisible();
  await expect.element(page.getByText('(hub-down)')).toBeVisible();
});

test('while a launch goes on nothing stands there that could be read as a record', async () => {
  await render(<StartingScreen />);
  await expect.element(page.getByRole('heading', { name: 'Opening the record' })).toBeVisible();
  expect(document.querySelector('[role=feed]')).toBeNull();
  expect(await axeProblems(document.body)).toEqual([]);
});
