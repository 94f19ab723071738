import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import { factsOf } from '../../timeline/key-information/testing.ts';
import { KeyStrip } from './key-strip.tsx';

test('the way to the key information covers no words, wherever the line breaks', async () => {
  const facts = factsOf({});
  const { rerender } = await render(<p />);
  for (const width of [320, 440, 560, 680, 753]) {
    await rerender(
      <div style={{ width }}>
        <KeyStrip facts={facts} compact={false} onOpen={() => undefined} />
      </div>,
    );
    const box = page.getByRole('button', { name: 'Key information' }).element().getBoundingClientRect();
    expect(box.height).toBeGreaterThanOrEqual(24);
    for (const words of document.querySelectorAll('section p')) {
      const told = words.getBoundingClientRect();
      const covers =
        told.bottom > box.top + 0.5 && told.top < box.bottom - 0.5 && told.right > box.left && told.left < box.right;
      expect(covers, `${width}: ${words.textContent}`).toBe(false);
    }
  }
});
