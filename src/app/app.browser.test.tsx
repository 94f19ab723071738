import { StrictMode } from 'react';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { page } from 'vitest/browser';
import type { LaunchFailureReason } from '../launch/outcome.ts';
import { ReadFailure, type Session } from '../launch/session.ts';
import type { RecordReader } from '../record/record-state.ts';
import { createRecordReader } from '../record/record-reader.ts';
import { App } from './app.tsx';
import type { Opened, OpenedRecord } from './opened-record.ts';

/** A record that a test opens, on the page of an address. */
function at(path: string, first: Opened): { record: OpenedRecord; become(next: Opened): void } {
  window.history.replaceState(null, '', path);
  const listeners = new Set<() => void>();
  let opened = first;
  return {
    record: {
      current: () => opened,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      end: () => undefined,
    },
    become(next) {
      opened = next;
      for (const listener of listeners) listener();
    },
  };
}

const down: Session = {
  base: 'https://hub.example/fhir',
  hubName: 'Hub',
  patientId: 'p1',
  encounterId: undefined,
  scopes: [],
  needPatientBanner: true,
  user: { name: undefined, fhirUser: undefined },
  openedFrom: 'EMIS',
  openedAt: 1,
  read: () => Promise.reject(new ReadFailure('unreachable', 'no answer')),
  send: () => Promise.reject(new Error('nothing is sent')),
  onEnd: () => () => undefined,
};

const reasons: LaunchFailureReason[] = [
  'malformed-launch',
  'unknown-hub',
  'hub-down',
  'handle-expired',
  'access-denied',
  'scope-refused',
  'storage-blocked',
  'bad-callback',
  'token-invalid',
  'no-patient',
  'session-over',
  'idle',
];

it('says each way a launch can fail in words of its own, with a title that names nobody', async () => {
  const { record, become } = at('/launch', { status: 'starting' });
  await render(<App record={record} />);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(document.title).toBe('Opening · Care Timeline');
  const headings = new Set<string | null>();
  for (const reason of reasons) {
    become({ status: 'failed', failure: { reason } });
    await expect.element(page.getByText(`(${reason})`).or(page.getByRole('heading', { level: 1 }))).toBeVisible();
    await expect.poll(() => headings.has(document.querySelector('h1')?.textContent ?? '')).toBe(false);
    headings.add(document.querySelector('h1')?.textContent ?? null);
    expect(document.querySelector('[role=feed]')).toBeNull();
    expect(document.title).toBe(
      `${['session-over', 'idle'].includes(reason) ? 'Session ended' : 'Not opened'} · Care Timeline`,
    );
  }
  expect(headings.size).toBe(reasons.length);
});

it('says at an address that it does not have that there is no page', async () => {
  const { record } = at('/patient/9990000018', { status: 'starting' });
  await render(<App record={record} />);
  await expect.element(page.getByRole('heading', { name: 'There is no page at this address' })).toBeVisible();
  expect(document.title).toBe('No such page · Care Timeline');
});

it('shows a person who cannot be read as that, never as an empty record', async () => {
  const reader = createRecordReader(down);
  const { record } = at('/timeline?setting=gp', { status: 'ready', session: down, reader });
  await render(
    <StrictMode>
      <App record={record} />
    </StrictMode>,
  );
  await expect.element(page.getByText(/could not be read/).first()).toBeVisible();
  expect(document.title).toBe('Timeline · Care Timeline');
  expect(window.location.href).not.toContain('p1');
  reader.close();
});

it('says that the page has failed when it fails, instead of showing nothing', async () => {
  const nothing = {};
  const broken = { state: () => nothing, subscribe: () => () => undefined } as unknown as RecordReader;
  const { record } = at('/timeline', { status: 'ready', session: down, reader: broken });
  await render(<App record={record} />);
  await expect.element(page.getByRole('heading', { name: 'This page has failed' })).toBeVisible();
  await expect.element(page.getByText(/The record itself is not affected/)).toBeVisible();
});
