import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

/** WCAG 2.2 A and AA with no known exception (T11), or only some of axe's rules; one line for each thing found. */
export async function axeFaults(page: Page, rules?: string[]): Promise<string[]> {
  const { violations, passed } = await axeRun(page, {
    runOnly:
      rules === undefined
        ? { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
        : { type: 'rule', values: rules },
    // Of what passes its number is enough: every node of it in words took longer than the looking.
    resultTypes: ['violations'],
  });
  expect(passed, 'axe looked at the page').toBeGreaterThan(rules === undefined ? 5 : 0);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => `${id} ${target.join(' ')}: ${html}`));
}

/** The builder looks into frames too, by a second page for each reading, which takes three times as long. */
async function axeRun(page: Page, options: RunOptions) {
  if (page.frames().length > 1) {
    const { violations, passes } = await new AxeBuilder({ page }).options(options).analyze();
    return { violations, passed: passes.length };
  }
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (asked) => {
    const { violations, passes } = await (window as unknown as { axe: typeof axe }).axe.run(document, asked);
    return { violations, passed: passes.length };
  }, options);
}

/** Pixels by which the page is wider than its window: what is wider needs scrolling in two directions (WCAG 1.4.10). */
export async function tooWide(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
}

/** Controls smaller than this many CSS pixels either way, by name and size (WCAG 2.5.8; look.md asks for 44 on phones). */
export async function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((least_) => {
    const controls =
      'button, a[href], input, select, textarea, summary, [role=button], [role=slider], article[tabindex]';
    const small: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>(controls)) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      // Dragged; every place it leads to has a button beside it (2.5.8, Equivalent; 2.5.7).
      if (control.matches('[role=slider]')) continue;
      // A box with its words in one label is pressed anywhere on the label; a row is pressed anywhere on the row.
      const target =
        control.closest('label') ?? (control.matches('h3 > button') ? control.closest('article') : null) ?? control;
      const { width, height } = target.getBoundingClientRect();
      // Seen only with focus: skip links.
      if (width <= 1 || height <= 1 || getComputedStyle(control).clipPath !== 'none') continue;
      if (width < least_ - 0.5 || height < least_ - 0.5) {
        const name =
          control.getAttribute('aria-label') ??
          ((target.textContent ?? '') === '' ? target.outerHTML : (target.textContent ?? ''));
        small.push(`${name.trim().slice(0, 40)} ${Math.round(width)}x${Math.round(height)}`);
      }
    }
    return small;
  }, least);
}

/** Controls in view that lie over each other, so that one takes the other's press. */
export async function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll<HTMLElement>('button, a[href], input, select, summary')].flatMap(
      (control) => {
        if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
        const target = control.closest('label') ?? control;
        const box = target.getBoundingClientRect();
        if (box.width <= 1 || box.height <= 1 || getComputedStyle(control).clipPath !== 'none') return [];
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        // Under the header, or beneath a sheet: there it takes no press at all.
        const top = document.elementFromPoint(x, y);
        return top !== null && (target.contains(top) || top.contains(target)) ? [{ target, box }] : [];
      },
    );
    const found: string[] = [];
    for (const [index, a] of seen.entries()) {
      for (const b of seen.slice(index + 1)) {
        // What scrolls goes under the header: that is no overlap.
        if ((a.target.closest('header') === null) !== (b.target.closest('header') === null)) continue;
        // A fold's own button stands on its heading's line, and takes its own press there.
        if (a.target.matches('summary') && a.target.parentElement?.contains(b.target) === true) continue;
        if (a.target === b.target || a.target.contains(b.target) || b.target.contains(a.target)) continue;
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (across > 2 && down > 2) {
          const name = ({ textContent }: HTMLElement) => (textContent ?? '').trim().slice(0, 30);
          found.push(`${name(a.target)} | ${name(b.target)}`);
        }
      }
    }
    return found;
  });
}

/** Words that are cut off: what is in them cannot be read at all (misreading 8; WCAG 1.4.4, 1.4.12). */
export async function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cut: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const { overflowX, overflowY, clipPath, position } = getComputedStyle(element);
      const hides = [overflowX, overflowY].some((value) => value === 'hidden' || value === 'clip');
      const words = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      );
      // What is only heard is cut on purpose.
      const heard = position === 'absolute' && (element.clientWidth <= 1 || clipPath !== 'none');
      if (!hides || !words || heard || element instanceof SVGElement) continue;
      if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) {
        cut.push((element.textContent ?? '').trim().slice(0, 60));
      }
    }
    return cut;
  });
}

/** The text spacing a reader may set, all at once (WCAG 1.4.12). */
export async function spaceText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }',
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
}

/** What has focus: its name, and whether any of it can be seen, or something lies over all of it (WCAG 2.4.7, 2.4.11). */
export async function focusStop(page: Page): Promise<{ name: string; ring: boolean; seen: boolean } | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return undefined;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const points: [number, number][] = [];
    for (const across of [0.1, 0.5, 0.9]) {
      for (const down of [0.1, 0.5, 0.9]) points.push([box.left + box.width * across, box.top + box.height * down]);
    }
    const seen = points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return (
        top !== null &&
        (element.contains(top) || top.contains(element) || top.closest('label')?.contains(element) === true)
      );
    });
    const name = (element.getAttribute('aria-label') ?? element.textContent ?? '')
      .trim()
      .replace(/\s+/g, ' ')
      .slice(0, 60);
    return { name, ring: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none', seen };
  });
}
