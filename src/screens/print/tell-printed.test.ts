import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ReadFailure, type Session } from '../../launch/session.ts';
import { fakeHub } from '../testing/fake-session.ts';
import { tellPrinted } from './tell-printed.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What became of it after `ms`, with a hub that takes it so. */
async function after(ms: number, send: Session['send']): Promise<'printing' | 'waiting'> {
  let went: 'printing' | 'waiting' = 'waiting';
  const { session } = fakeHub({ patientId: 'p1', resources: [], session: { send } });
  void tellPrinted(session).then(() => (went = 'printing'));
  await vi.advanceTimersByTimeAsync(ms);
  return went;
}

test('the hub is told whose record is printed, and nothing of what is in it', async () => {
  const send = vi.fn<Session['send']>(() => Promise.resolve({ body: undefined, serverTime: undefined }));
  expect(await after(0, send)).toBe('printing');
  expect(send).toHaveBeenCalledExactlyOnceWith(
    'POST',
    'AuditEvent',
    expect.objectContaining({ entity: [{ what: { reference: 'Patient/p1' } }] }),
  );
});

test('a hub that refuses it, or never answers, does not keep a clinician from paper', async () => {
  expect(await after(0, () => Promise.reject(new ReadFailure('unsupported', 'no')))).toBe('printing');
  const silent = () => new Promise<never>(() => undefined);
  expect(await after(900, silent)).toBe('waiting');
  expect(await after(1100, silent)).toBe('printing');
});
