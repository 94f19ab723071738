import { expect, test as base } from '@playwright/test';
import { desks } from './addresses.ts';
import { allPeople } from './people.ts';

/**
 * A test during which every address asked for in the browser is kept, and fails when one that goes to the hub or the app
 * holds anybody's NHS number or name: addresses end up in logs, histories and bookmarks. The desks' own launch address
 * names a patient because the contract of the stand-ins says so.
 */
export const test = base.extend<{ addresses: string[] }>({
  addresses: [
    async ({ context }, use) => {
      const asked: string[] = [];
      context.on('request', (request) => asked.push(request.url()));
      await use(asked);
      const ours = asked.filter((address) => !address.startsWith(desks)).map(plain);
      expect(ours.length, 'the hub was asked for something').toBeGreaterThan(0);
      const people = await allPeople();
      const telling = people.flatMap(({ nhsNumber, name }) => [nhsNumber, nameParts(name)[0] ?? nhsNumber]);
      expect(ours.filter((address) => telling.some((word) => address.includes(word)))).toEqual([]);
    },
    { auto: true },
  ],
});

/** Lower case, decoded, without the spaces that part an NHS number. */
function plain(address: string): string {
  return decodeURIComponent(address.replaceAll('+', ' ')).replaceAll(' ', '').toLowerCase();
}

/** `ADEYEMI, Florence (Mrs)` → `adeyemi`, `florence`. */
export function nameParts(name: string): string[] {
  return name
    .replace(/\(.*\)/, '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((part) => part !== '');
}
