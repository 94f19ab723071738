import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markup } from './markup.ts';

describe('pages from templates', () => {
  it('shows typed text as text, wherever it stands', () => {
    expect(markup`<p title="${'"><script>'}">${"O'Neill & <b>"}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;">O&#39;Neill &amp; &lt;b&gt;</p>',
    );
  });

  it('keeps what was made the same way, and leaves out what is not there', () => {
    expect(markup`<ul>${[markup`<li>${'a'}</li>`, markup`<li>${'b'}</li>`]}</ul>${undefined}`.text).toBe(
      '<ul><li>a</li>\n<li>b</li></ul>',
    );
  });

  it('lets no text open a tag or end an attribute', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(markup`${text}`.text).not.toMatch(/[<>"']/);
      }),
    );
  });
});
