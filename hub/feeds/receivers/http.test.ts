import fastify, { type FastifyInstance } from 'fastify';
import type { OperationOutcome } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkFeeds, type FeedSetting } from '../feed-settings.ts';
import { httpFeeds } from './http.ts';
import type { Received } from './received.ts';
import { admission, inboxInMemory } from './testing-mllp.ts';

const feeds = checked([
  {
    source: 'adastra',
    organisation: 'NNJ',
    format: 'adastra-case',
    arrives: 'live',
    promiseMinutes: 120,
    receiver: { kind: 'https', clientId: 'adastra-ooh' },
  },
  {
    source: 'system-c',
    organisation: 'RKE',
    format: 'hl7-v2',
    arrives: 'live',
    promiseMinutes: 30,
    receiver: { kind: 'mllp', port: 2575 },
  },
  {
    source: 'carecast',
    organisation: 'RRV',
    format: 'hl7-v2',
    arrives: 'live',
    promiseMinutes: 30,
    receiver: { kind: 'https', clientId: 'adastra-ooh' },
  },
]);

function checked(stored: unknown): FeedSetting[] {
  const read = checkFeeds(stored);
  if ('fault' in read) throw new Error(read.fault);
  return read.feeds;
}

describe('a service that sends over HTTPS', () => {
  let app: FastifyInstance;
  let inbox = inboxInMemory();
  let full = false;
  beforeAll(async () => {
    app = fastify();
    await app.register(httpFeeds, {
      prefix: '/feeds',
      feeds,
      keep: (message: Received) => (full ? Promise.reject(new Error('disk full')) : inbox.keep(message)),
      identify: (token: string) => {
        const clientId = { good: 'adastra-ooh', other: 'register' }[token];
        return Promise.resolve(clientId === undefined ? undefined : { clientId });
      },
      bodyLimit: 1024 * 1024,
    });
  });
  afterAll(() => app.close());
  beforeEach(() => {
    inbox = inboxInMemory();
    full = false;
  });

  const post = async (url: string, headers: Record<string, string>, payload: string | Buffer = '<case/>') => {
    const answer = await app.inject({ method: 'POST', url, headers, payload });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json<unknown>() };
  };
  const signed = { authorization: 'Bearer good', 'content-type': 'application/xml' };
  const issue = (body: unknown) => (body as OperationOutcome).issue[0];

  it('is told the place of its message in the inbox, which holds the bytes as they came', async () => {
    // No valid UTF-8, no valid XML: none of the receiver's business.
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x3c]);
    const answer = await post('/feeds/adastra/adastra-case', { ...signed, 'message-id': 'case-7' }, bytes);
    expect([answer.status, answer.body]).toEqual([202, { receipt: 1, repeated: false }]);
    expect(inbox.kept).toEqual([
      {
        source: 'adastra',
        organisation: 'NNJ',
        format: 'adastra-case',
        label: 'case-7',
        receivedAt: expect.stringMatching(/Z$/),
        bytes,
      },
    ]);
  });

  it('that sends again gets the same receipt, with or without a name for its message', async () => {
    for (const named of [{ 'message-id': 'case-7' }, {}] as Record<string, string>[]) {
      const first = await post('/feeds/adastra/adastra-case', { ...signed, ...named });
      const second = await post('/feeds/adastra/adastra-case', { ...signed, ...named });
      expect(second.body).toEqual({ ...(first.body as object), repeated: true });
    }
    expect(inbox.kept).toHaveLength(2);
  });

  it('is told not to send again what it marks for training: nothing of it is kept but that it came', async () => {
    const answer = await post('/feeds/carecast/hl7-v2', signed, admission('7').replace('|P|2.4', '|T|2.4'));
    expect([answer.status, issue(answer.body)?.code]).toEqual([422, 'business-rule']);
    expect(inbox.kept.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      expect.stringMatching(/^Not taken in\.[^]*\|7\|T\|2\.4$/),
    ]);
    expect((await post('/feeds/carecast/hl7-v2', signed, admission('8'))).status).toBe(202);
  });

  it('may send JSON that is no JSON, or a form: it is kept, not parsed', async () => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'application/x-hl7']) {
      const answer = await post('/feeds/adastra/adastra-case', { ...signed, 'content-type': type }, `{not ${type}`);
      expect(answer.status).toBe(202);
    }
    expect(inbox.kept).toHaveLength(4);
  });

  it('is refused without a token that is good, whatever it asks for', async () => {
    for (const headers of [{}, { authorization: 'Bearer stolen' }, { authorization: 'Basic x' }] as Record<
      string,
      string
    >[]) {
      const answer = await post('/feeds/adastra/adastra-case', { 'content-type': 'application/xml', ...headers });
      expect([answer.status, answer.headers['www-authenticate'], issue(answer.body)?.code]).toEqual([
        401,
        'Bearer',
        'login',
      ]);
    }
    expect(inbox.kept).toEqual([]);
  });

  it.each([
    ['another service', '/feeds/adastra/adastra-case', 'Bearer other'],
    ['a source that is not its own', '/feeds/emis/adastra-case', 'Bearer good'],
    ['a format it is not registered for', '/feeds/adastra/nhs-111-cda', 'Bearer good'],
    ['a source that arrives by another way', '/feeds/system-c/hl7-v2', 'Bearer good'],
    ['a source that is none', '/feeds/__proto__/hl7-v2', 'Bearer good'],
    ['an address that is none', '/feeds/adastra', 'Bearer good'],
  ])('is refused for %s, each in the same words', async (_, url, authorization) => {
    const answer = await post(url, { ...signed, authorization });
    expect([answer.status, issue(answer.body)?.code]).toEqual([403, 'forbidden']);
    expect(inbox.kept).toEqual([]);
  });

  it('is refused before its body is read when it has no business here', async () => {
    const answer = await post('/feeds/emis/emis-csv', signed, Buffer.alloc(2 * 1024 * 1024, 'x'));
    expect(answer.status).toBe(403);
  });

  it('is told of a body that is too large, empty, encoded, or named in a way that cannot be kept', async () => {
    const told = async (headers: Record<string, string>, payload: string | Buffer) => {
      const answer = await post('/feeds/adastra/adastra-case', { ...signed, ...headers }, payload);
      return [answer.status, issue(answer.body)?.code];
    };
    expect(await told({}, Buffer.alloc(1024 * 1024 + 1, 'x'))).toEqual([413, 'too-long']);
    expect(await told({}, '')).toEqual([400, 'required']);
    expect(await told({ 'content-encoding': 'gzip' }, 'x')).toEqual([415, 'not-supported']);
    expect(await told({ 'message-id': 'x'.repeat(201) }, 'x')).toEqual([400, 'invalid']);
    expect(inbox.kept).toEqual([]);
  });

  it('is told to send again when the store takes nothing, and is kept once it does', async () => {
    full = true;
    const refused = await post('/feeds/adastra/adastra-case', signed);
    expect([refused.status, issue(refused.body)?.code, refused.headers['retry-after']]).toEqual([
      503,
      'transient',
      '5',
    ]);
    full = false;
    expect((await post('/feeds/adastra/adastra-case', signed)).body).toEqual({ receipt: 1, repeated: false });
  });
});
