import { useLayoutEffect } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles.css';
import { lazyPart } from './lazy-part.tsx';

function Words({ words }: { words: string }) {
  return <p>{words}</p>;
}

test('a part that does not arrive is said to be missing, and Try again brings it', async () => {
  let broken = true;
  const { Part } = lazyPart<{ words: string }>(
    () => (broken ? Promise.reject(new Error('not fetched')) : Promise.resolve(Words)),
    { waiting: 'Opening it.', failed: 'It could not be opened: a part of this page did not arrive.' },
  );
  await render(<Part words="here" />);
  await expect.element(page.getByRole('alert').getByText(/^It could not be opened: /)).toBeVisible();
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText('here', { exact: true })).toBeVisible();
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
});

test('a part on its way says so, where its frame puts it', async () => {
  const { Part } = lazyPart<{ words: string }>(() => new Promise(() => undefined), {
    waiting: 'Opening it.',
    failed: 'It could not be opened.',
    frame: (told, { words }) => <section aria-label={words}>{told}</section>,
  });
  await render(<Part words="frame" />);
  await expect.element(page.getByRole('region', { name: 'frame' })).toHaveTextContent('Opening it.');
});

test('what stands behind the rows is asked for once they are painted, each part in a frame of its own (T12)', async () => {
  const asked: { name: string; frame: number }[] = [];
  const behind = (name: string) =>
    lazyPart<{ words: string }>(
      () => {
        asked.push({ name, frame: frames });
        return Promise.resolve(Words);
      },
      { waiting: `${name} is on its way.`, failed: 'f', behind: true },
    );
  let frames = 0;
  const [First, Second] = [behind('first').Part, behind('second').Part];
  const count = () => {
    frames += 1;
    if (asked.length < 2) requestAnimationFrame(count);
  };
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  flushSync(() =>
    root.render(
      <>
        <First words="one" />
        <Second words="two" />
      </>,
    ),
  );
  requestAnimationFrame(count);
  expect(place.textContent).toBe('first is on its way.second is on its way.');
  expect(asked).toEqual([]);
  await expect.element(page.getByText('two', { exact: true })).toBeVisible();
  expect(asked.map(({ name }) => name)).toEqual(['first', 'second']);
  // A busy machine may draw another frame before what waits for this one is told: which frame it is, nobody promises.
  const [first = 0, second = 0] = asked.map(({ frame }) => frame);
  expect(first).toBeGreaterThan(0);
  expect(second).toBeGreaterThan(first);
  root.unmount();
  place.remove();
});

test('once fetched ahead it stands at once', async () => {
  const { Part, load } = lazyPart<{ words: string }>(() => Promise.resolve(Words), { waiting: 'w', failed: 'f' });
  await load();
  await render(<Part words="at once" />);
  expect(document.body.textContent).toContain('at once');
});

test('code that arrives for somebody else between drawing and looking is shown all the same', async () => {
  const { Part, load } = lazyPart<{ name: string }>(() => Promise.resolve(({ name }) => <p>Here is {name}.</p>), {
    waiting: 'On its way.',
    failed: 'It did not arrive.',
  });
  /** Fetches it ahead, as a screen does, in the moment before the part itself looks for it. */
  function Ahead() {
    useLayoutEffect(() => void load(), []);
    return null;
  }
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  root.render(
    <>
      <Ahead />
      <Part name="Florence" />
    </>,
  );
  await expect.element(page.getByText('Here is Florence.')).toBeVisible();
  root.unmount();
  place.remove();
});
