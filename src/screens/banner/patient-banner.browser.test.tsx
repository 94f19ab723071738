import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import { type Banner, bannerOf } from '../../timeline/banner.ts';
import { axeProblems } from '../testing/axe.ts';
import { florence } from '../testing/florence.ts';
import { PatientBanner } from './patient-banner.tsx';

const now = Date.UTC(2026, 10, 22, 12);
const alive = bannerOf(florence(), now);
const banner = () => page.getByTestId('patient-banner');

beforeEach(() => page.viewport(1280, 720));

async function show(change: Partial<Banner> = {}, full = true) {
  await render(<PatientBanner banner={{ ...alive, ...change }} full={full} opened={undefined} />);
  await expect.element(banner()).toBeVisible();
  expect(await axeProblems(banner().element())).toEqual([]);
  return banner().element();
}

test('the living: name, birth with age, gender, and the number unbroken on screen and bare in its attribute', async () => {
  const element = await show();
  await expect.element(page.getByRole('heading', { name: 'ADEYEMI, Florence (Mrs)' })).toBeVisible();
  await expect.element(page.getByText('12-Mar-1948 (78y)')).toBeVisible();
  await expect.element(page.getByText('Female')).toBeVisible();
  expect(element.textContent).toContain('999\u00a0000\u00a00018');
  expect(element.getAttribute('data-nhs-number')).toBe('9990000018');
});

test('a confirmed death: its date and age in words, another ground and a pattern', async () => {
  const death = { kind: 'confirmed', date: '20-Nov-2026', age: '78y', by: undefined } as const;
  const element = await show({ deceased: death });
  await expect.element(page.getByText('20-Nov-2026 (aged 78y)')).toBeVisible();
  expect(element.getAttribute('data-deceased')).toBe('confirmed');
  expect(getComputedStyle(element).backgroundImage).toContain('gradient');
  expect(element.textContent).not.toContain('(78y)');
});

test('a death that one source reports: the banner of the living, who says so, and that nobody confirmed it', async () => {
  const element = await show({ deceased: { kind: 'reported', date: '20-Nov-2026', age: undefined, by: 'Council' } });
  await expect.element(page.getByText('Death reported by Council, 20-Nov-2026: not confirmed')).toBeVisible();
  expect(getComputedStyle(element).backgroundImage).toBe('none');
  await expect.element(page.getByText('12-Mar-1948 (78y)')).toBeVisible();
});

test('a very long name wraps whole on a small phone and is never cut', async () => {
  await page.viewport(320, 640);
  const name =
    'WOLFESCHLEGELSTEINHAUSENBERGERDORFF-FEATHERSTONEHAUGH, Maximiliana Konstantinopolitanska (Professor Dame)';
  await show({ name });
  const heading = page.getByRole('heading', { name }).element();
  expect(heading.scrollWidth).toBeLessThanOrEqual(heading.clientWidth);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
});

test('a name in another script stands with its Latin spelling beside it', async () => {
  await show({ name: '陳, 大文', transliteration: 'CHAN, Tai Man' });
  await expect.element(page.getByRole('heading', { name: '陳, 大文 CHAN, Tai Man' })).toBeVisible();
});

test('what nobody recorded says so, and an untraced number is no plain number', async () => {
  const element = await show({
    nhsNumber: undefined,
    nhsNumberStatus: 'Not traced',
    born: 'Not recorded',
    age: undefined,
  });
  await expect.element(page.getByText('Not traced').last()).toBeVisible();
  expect(element.getAttribute('data-nhs-number')).toBe('');
  expect(element.textContent?.match(/Not recorded/g)?.length).toBeGreaterThanOrEqual(2);
});

test('the second zone opens with a press and tells address, phone, other names and GP', async () => {
  await show();
  await page.getByRole('button', { name: 'More about the person' }).click();
  await expect.element(page.getByText('Killick Street Health Centre')).toBeVisible();
  await expect.element(page.getByText(/12 Hornsey Rise/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Less about the person' })).toBeVisible();
  expect(await axeProblems(banner().element())).toEqual([]);
});

test('where the launching system shows its own banner one line of identity stays all the same', async () => {
  const element = await show({}, false);
  expect(element.getBoundingClientRect().height).toBeLessThan(50);
  expect(element.textContent).toMatch(/ADEYEMI, Florence.*12-Mar-1948.*999/);
});
