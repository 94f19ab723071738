import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import type { Entry } from '../timeline/entry.ts';
import { entryOf } from '../timeline/testing.ts';
import { GainedSources } from './gained-sources.tsx';

const statement = (source: string) => ({
  reference: `Encounter/${source}`,
  resource: { resourceType: 'Encounter' },
  source,
  organisation: undefined,
});

function joined(key: string): Entry {
  const alone = entryOf({ key, title: 'Visit: chest pain' });
  return {
    ...alone,
    statements: [statement('emis'), statement('system-c')],
    joined: { witnesses: [{ entry: alone, because: undefined }], differences: [] },
  };
}

test('rows that gain a witness while pages follow each other are told once, when it has gone quiet', async () => {
  vi.useFakeTimers();
  const shown = {
    rows: new Map(),
    tellers: new Map([
      ['a', 1],
      ['b', 1],
    ]),
  };
  const screen = await render(<GainedSources entries={[]} shown={shown} />);
  const live = () => screen.container.querySelector('[aria-live=polite]')?.textContent;
  await screen.rerender(<GainedSources entries={[joined('a')]} shown={shown} />);
  await vi.advanceTimersByTimeAsync(1500);
  expect(live()).toBe('');
  await screen.rerender(<GainedSources entries={[joined('a'), joined('b')]} shown={shown} />);
  await vi.advanceTimersByTimeAsync(1500);
  expect(live()).toBe('');
  await vi.advanceTimersByTimeAsync(600);
  await vi.waitFor(() => expect(live()).toBe('2 entries shown before are now told by more sources.'));
  await screen.rerender(<GainedSources entries={[joined('a'), joined('b')]} shown={shown} />);
  await vi.advanceTimersByTimeAsync(5000);
  expect(live()).toBe('2 entries shown before are now told by more sources.');
  vi.useRealTimers();
});
