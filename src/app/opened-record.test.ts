import { describe, expect, it } from 'vitest';
import type { Launch } from '../launch/launch.ts';
import type { LaunchOutcome } from '../launch/outcome.ts';
import { ReadFailure, type Session } from '../launch/session.ts';
import { openRecord } from './opened-record.ts';

/** A launch that a test leads, and sessions that note what is read of them. */
function parts() {
  const listeners = new Set<() => void>();
  let outcome: LaunchOutcome = { status: 'starting' };
  const launch: Launch = {
    outcome: () => outcome,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => Promise.resolve(),
    end: () => undefined,
  };
  const become = (next: LaunchOutcome): void => {
    outcome = next;
    for (const listener of listeners) listener();
  };
  const reads: { person: string; signal: AbortSignal | undefined }[] = [];
  const session = (person: string, openedAt = 1): Session => ({
    base: 'https://hub.example/fhir',
    hubName: 'Hub',
    patientId: person,
    encounterId: undefined,
    scopes: [],
    needPatientBanner: true,
    user: { name: undefined, fhirUser: undefined },
    openedFrom: undefined,
    openedAt,
    read: (_, options) => {
      reads.push({ person, signal: options?.signal });
      return Promise.reject(new ReadFailure('unreachable', 'no answer'));
    },
    send: () => Promise.reject(new Error('nothing is sent')),
    onEnd: () => () => undefined,
  });
  return { launch, become, session, reads };
}

function ready(record: ReturnType<typeof openRecord>) {
  const opened = record.current();
  if (opened.status !== 'ready') throw new Error(opened.status);
  return opened;
}

describe('what is open', () => {
  it('begins to read the moment the session is there', () => {
    const { launch, become, session, reads } = parts();
    const record = openRecord(launch);
    expect(record.current()).toEqual({ status: 'starting' });
    become({ status: 'ready', session: session('p1') });
    expect(reads.length).toBeGreaterThan(5);
    expect(ready(record).session.patientId).toBe('p1');
  });

  it('reads on without a break when the reader\u2019s name becomes known', () => {
    const { launch, become, session, reads } = parts();
    const record = openRecord(launch);
    const first = session('p1');
    become({ status: 'ready', session: first });
    const { reader } = ready(record);
    const count = reads.length;
    become({ status: 'ready', session: { ...first, user: { name: 'Dr B', fhirUser: undefined } } });
    expect(ready(record).reader).toBe(reader);
    expect(ready(record).session.user.name).toBe('Dr B');
    expect(reads).toHaveLength(count);
  });

  it.each([
    ['another person', 'p2', 1],
    ['the same person by another launch', 'p1', 2],
  ])('lets everything go for %s', (_, person, openedAt) => {
    const { launch, become, session, reads } = parts();
    const record = openRecord(launch);
    become({ status: 'ready', session: session('p1') });
    const { reader } = ready(record);
    const old = [...reads];
    become({ status: 'ready', session: session(person, openedAt) });
    expect(ready(record).reader).not.toBe(reader);
    expect(old.every(({ signal }) => signal?.aborted)).toBe(true);
    expect(ready(record).reader.state().streams.Encounter.resources).toEqual([]);
  });

  it('shows why it ended, and no record, when the session ends', () => {
    const { launch, become, session, reads } = parts();
    const record = openRecord(launch);
    let told = 0;
    const leave = record.subscribe(() => {
      told += 1;
    });
    become({ status: 'ready', session: session('p1') });
    become({ status: 'failed', reason: 'session-over', retryHref: '/' });
    expect(record.current()).toEqual({ status: 'failed', failure: { reason: 'session-over', retryHref: '/' } });
    expect(reads.every(({ signal }) => signal?.aborted)).toBe(true);
    leave();
    become({ status: 'starting' });
    expect(told).toBe(2);
  });
});
