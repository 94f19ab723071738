import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<string>();

/** Runs what one request does: every line of the audit that it writes bears its id, however deep it is written. */
export function withinRequest(id: string, work: () => void): void {
  requests.run(id, work);
}

/** The id of the request that is being answered; undefined outside of one. */
export function requestId(): string | undefined {
  return requests.getStore();
}
