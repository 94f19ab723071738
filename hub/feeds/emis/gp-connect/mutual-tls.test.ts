import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { makeAuthority } from '../../receivers/testing-certificates.ts';
import { sendWith } from './mutual-tls.ts';

const spine = makeAuthority();
const stranger = makeAuthority();
const hub = spine.sign('hub');
const practice = createServer(
  { ...spine.sign('localhost'), ca: spine.cert, requestCert: true, rejectUnauthorized: true },
  (request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (request.url === '/moved') response.writeHead(302, { location: 'https://elsewhere.example/' });
      response.end(`${request.method} ${String(request.headers['ssp-to'])} ${body}`);
    });
  },
);
await new Promise<void>((listening) => practice.listen(0, '127.0.0.1', listening));
const base = `https://localhost:${(practice.address() as AddressInfo).port}`;
afterAll(() => {
  practice.closeAllConnections();
  practice.close();
  spine.remove();
  stranger.remove();
});

const init = { method: 'POST', headers: { 'ssp-to': '200000000116' }, body: 'Æ', signal: AbortSignal.timeout(5000) };

it('a practice’s system and this hub each show who they are', async () => {
  const answer = await sendWith({ ...hub, ca: spine.cert })(`${base}/`, init);
  expect([answer.status, await answer.text()]).toEqual([200, 'POST 200000000116 Æ']);
});

it('nothing is sent to whoever another authority signed, nor taken there from a hub that it did not', async () => {
  await expect(sendWith({ ...hub, ca: stranger.cert })(`${base}/`, init)).rejects.toThrow(/certificate/);
  await expect(sendWith({ ...stranger.sign('hub'), ca: spine.cert })(`${base}/`, init)).rejects.toThrow(
    /alert|ECONNRESET|hang up/,
  );
});

it('an answer that points elsewhere is not followed', async () => {
  const answer = await sendWith({ ...hub, ca: spine.cert })(`${base}/moved`, init);
  expect(answer.status).toBe(302);
});
