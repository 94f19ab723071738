import { expect, test } from 'vitest';
import { sanitisedLetter } from './letter-html.ts';

function letter(markup: string, type = 'text/html'): HTMLElement {
  const frame = document.createElement('div');
  frame.append(sanitisedLetter(markup, type) ?? 'not sanitised');
  return frame;
}

/** What was asked for from the hostile host since the page began, sent or refused. */
function fetched(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.includes('evil.example'));
}

const hostile = [
  '<script>window.ran = "script"</script>',
  '<img src="https://evil.example/a.png" onerror="window.ran = \'img\'" alt="Chest film">',
  '<svg onload="window.ran = \'svg\'"><script>window.ran = "svg script"</script><image href="https://evil.example/b.png"/></svg>',
  '<style>@import "https://evil.example/c.css"; p { display: none }</style>',
  '<link rel="stylesheet" href="https://evil.example/d.css">',
  '<base href="https://evil.example/"><meta http-equiv="refresh" content="0; url=https://evil.example/e">',
  '<form action="https://evil.example/f"><input name="nhs" value="Aspirin 75 mg"><button>Send</button></form>',
  '<iframe src="https://evil.example/g"></iframe><object data="https://evil.example/h"></object>',
  '<a href="javascript:window.ran = \'link\'" ping="https://evil.example/i">Results</a>',
  '<p style="background: url(https://evil.example/j)" onmouseover="window.ran = \'over\'" id="trust" class="fixed">Dear Dr Okafor</p>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=window.ran=1>">',
  '<noscript><p title="</noscript><img src=x onerror=window.ran=2>"></noscript>',
  '<img src="data:image/svg+xml;base64,PHN2Zy8+">',
].join('');

test('a hostile letter: nothing runs, nothing is fetched, nothing leads elsewhere, and its words stay', async () => {
  const shown = letter(hostile);
  document.body.append(shown);
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  expect((window as { ran?: string }).ran).toBeUndefined();
  expect(fetched()).toEqual([]);
  expect(
    shown.querySelectorAll('script, style, link, base, meta, form, input, button, iframe, object, svg, a'),
  ).toHaveLength(0);
  const attributes = [...shown.querySelectorAll('*')].flatMap((element) => element.getAttributeNames());
  expect(new Set(attributes)).toEqual(new Set());
  for (const words of ['Dear Dr Okafor', '[Picture not shown: Chest film]', 'Aspirin 75 mg', 'Results']) {
    expect(shown.textContent).toContain(words);
  }
  shown.remove();
});

test('would see something run or fetched, were it not for the cleaning', async () => {
  const raw = document.createElement('div');
  raw.innerHTML = '<img src="https://evil.example/seen.png" onerror="window.ran = \'raw\'">';
  document.body.append(raw);
  await expect.poll(() => (window as { ran?: string }).ran).toBe('raw');
  expect(fetched().length).toBeGreaterThan(0);
  delete (window as { ran?: string }).ran;
  performance.clearResourceTimings();
  raw.remove();
});

test('headings, lists and tables keep their structure, under the heading the letter stands below', () => {
  const shown = letter(
    '<h1>Clinic</h1><h3>Plan</h3><ol start="3"><li>Stop</li></ol><table><caption>Pressures</caption><tr><th scope="col" colspan="2">Lying</th></tr><tr><td>148</td></tr></table>',
  );
  expect(shown.innerHTML).toBe(
    '<h4>Clinic</h4><h5>Plan</h5><ol start="3"><li>Stop</li></ol><table><caption>Pressures</caption><tbody><tr><th scope="col" colspan="2">Lying</th></tr><tr><td>148</td></tr></tbody></table>',
  );
});

test('what would be lost with its look or its form is said in words', () => {
  const words = (markup: string) => letter(markup).innerHTML;
  expect(words('<p><span style="text-decoration: line-through">Warfarin 3 mg</span></p>')).toBe(
    '<p><span><del>Warfarin 3 mg</del></span></p>',
  );
  expect(words('<strike>Warfarin</strike>')).toBe('<del>Warfarin</del>');
  expect(words('<input type="checkbox" checked>Allergy <input type="radio">None')).toBe(
    '[ticked] Allergy [not ticked] None',
  );
  expect(words('<select><option>Left<option selected>Right</select>')).toContain('[chosen: Right]');
  expect(words('<a href="https://www.nhs.uk/conditions">Read this</a>')).toBe(
    'Read this (https://www.nhs.uk/conditions)',
  );
  expect(words('<a href="tel:02079460300">020 7946 0300</a>')).toContain('020 7946 0300');
  expect(words('<iframe src="https://evil.example/"></iframe>')).toBe('[Embedded part not shown]');
});

test('a picture within the letter itself is shown and says when nobody described it', () => {
  const dot = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
  const [own] = letter(`<img src="${dot}">`).querySelectorAll('img');
  expect([own?.getAttribute('src'), own?.alt]).toEqual([dot, 'Picture in the letter, without a description']);
});

test('XHTML is read by its own rules, and as HTML where it is not well formed', () => {
  const page = (body: string) =>
    `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>${body}</body></html>`;
  expect(letter(page('<p/><div/><p>No evidence of fracture.</p>'), 'application/xhtml+xml').innerHTML).toBe(
    '<p></p><div></div><p>No evidence of fracture.</p>',
  );
  expect(letter(page('<p>Salt & water<br></p>'), 'application/xhtml+xml').textContent).toContain('Salt & water');
  expect(letter(page('<script>window.ran = 1</script><p>Whole</p>'), 'application/xhtml+xml').innerHTML).toBe(
    '<p>Whole</p>',
  );
});
