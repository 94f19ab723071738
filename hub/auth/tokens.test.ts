import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { AuthRecords } from './records.ts';
import { people } from './testing-people.ts';
import { ehrScope, startTestHub, type TestHub } from './testing.ts';

/** An answer of the token endpoint, with its status. */
interface Tokens {
  status?: number;
  error?: string;
  access_token?: string;
  refresh_token?: string;
  expires_in?: number;
  scope?: string;
  patient?: string;
}

eachEngine('tokens', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    // That what nobody uses ends sooner is told in shared-workstation.test.ts.
    hub = await startTestHub(db(), { authorizationIdle: 12 * 3600 });
  });
  afterAll(() => hub.close());
  afterEach(() => vi.useRealTimers());

  const later = (seconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
  const codeOf = async (params: Record<string, string> = {}) => {
    const { url, verifier } = await hub.authorizeUrl({ launch: await hub.launch(), ...params });
    const response = await fetch(url, { redirect: 'manual' });
    const code = new URL(response.headers.get('location') ?? 'none:').searchParams.get('code') ?? '';
    return { grant_type: 'authorization_code', code, redirect_uri: hub.callback, code_verifier: verifier };
  };
  const answerOf = async (response: Response): Promise<Tokens> => ({
    ...((await response.json()) as Tokens),
    status: response.status,
  });
  const enter = async (params?: Record<string, string>) => answerOf(await hub.token(await codeOf(params)));
  const refresh = async (token: string | undefined, fields: Record<string, string> = {}) =>
    answerOf(await hub.token({ grant_type: 'refresh_token', refresh_token: token ?? '', ...fields }));
  const readerOf = (tokens: Tokens) => hub.auth.readerOf(tokens.access_token ?? '');

  it.each<[string, Record<string, string>]>([
    ['another verifier', { code_verifier: 'x'.repeat(64) }],
    ['another redirect address', { redirect_uri: 'https://evil.example/callback' }],
    ['a made-up code', { code: 'made-up' }],
  ])('gives none for %s, and the right request still works after it', async (_why, wrong) => {
    const right = await codeOf();
    expect(await answerOf(await hub.token({ ...right, ...wrong }))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
    expect((await answerOf(await hub.token(right))).status).toBe(200);
  });

  it('gives none without the verifier', async () => {
    const { code_verifier: _left, ...fields } = await codeOf();
    expect((await answerOf(await hub.token(fields))).status).toBe(400);
  });

  it('gives none for a code older than a minute', async () => {
    const fields = await codeOf();
    later(61);
    expect(await answerOf(await hub.token(fields))).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('ends the whole authorization when its code comes a second time', async () => {
    const fields = await codeOf();
    const tokens = await answerOf(await hub.token(fields));
    expect(await readerOf(tokens)).toBeDefined();
    expect(await answerOf(await hub.token(fields))).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await readerOf(tokens)).toBeUndefined();
    expect(await refresh(tokens.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('leaves nobody with a token when a code is redeemed several times at once', async () => {
    const fields = await codeOf();
    const answers = await Promise.all(Array.from({ length: 5 }, async () => answerOf(await hub.token(fields))));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    for (const tokens of answers) expect(await readerOf(tokens)).toBeUndefined();
  });

  it('refreshes with rotation, the launch context and the scope repeated', async () => {
    const first = await enter();
    const response = await hub.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' });
    expect([response.headers.get('cache-control'), response.headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    const second = await answerOf(response);
    expect(second).toMatchObject({
      status: 200,
      token_type: 'Bearer',
      expires_in: 600,
      scope: ehrScope,
      patient: people.ann.id,
      need_patient_banner: true,
      opened_from: 'EMIS',
    });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await readerOf(second))?.patient).toBe(people.ann.id);
    expect((await readerOf(second))?.grant).toBe((await readerOf(first))?.grant);
  });

  it('refreshes to a smaller scope, never to a larger one', async () => {
    const scope = 'launch openid online_access patient/Encounter.rs patient/Condition.rs';
    const first = await enter({ scope });
    const larger = await refresh(first.refresh_token, { scope: `${scope} patient/*.rs` });
    expect(larger).toMatchObject({ status: 400, error: 'invalid_scope' });
    const smaller = await refresh(first.refresh_token, { scope: 'patient/Encounter.rs' });
    expect(smaller).toMatchObject({ status: 200, scope: 'patient/Encounter.rs' });
    expect((await readerOf(smaller))?.scopes).toEqual([{ context: 'patient', type: 'Encounter', actions: 'rs' }]);
  });

  it('gives a second refresh for less no answer of the first one for more', async () => {
    const first = await enter();
    await refresh(first.refresh_token);
    expect(await refresh(first.refresh_token, { scope: 'patient/*.rs' })).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
  });

  it('gives the stored answer to the same refresh within 30 seconds: a second tab, a lost answer', async () => {
    const first = await enter();
    const second = await refresh(first.refresh_token);
    later(25);
    expect(await refresh(first.refresh_token)).toEqual(second);
    expect(await readerOf(second)).toBeDefined();
  });

  it('gives several tabs that refresh in the same moment one and the same answer', async () => {
    const first = await enter();
    const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(first.refresh_token)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await readerOf(answers[0] ?? {})).toBeDefined();
  });

  it('takes a refresh that the hub did not live to answer as not having happened', async () => {
    const first = await enter();
    // What is left when the process ends between using the token and storing the answer.
    const records = new AuthRecords(db());
    await records.use('RefreshToken', first.refresh_token ?? '');
    const begun = { client: 'care-timeline' };
    await records.add('RefreshAnswer', first.refresh_token ?? '', begun, { expiresAt: Date.now() + 30_000 });
    expect((await refresh(first.refresh_token)).status).toBe(200);
  });

  it('refuses a refresh and leaves the token usable when the request was wrong', async () => {
    const first = await enter();
    expect((await refresh(first.refresh_token, { scope: 'patient/*.cruds' })).status).toBe(400);
    expect((await refresh(first.refresh_token)).status).toBe(200);
  });

  it('ends the authorization when an old refresh token comes back after 30 seconds', async () => {
    const first = await enter();
    const second = await refresh(first.refresh_token);
    later(31);
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await readerOf(second)).toBeUndefined();
    expect((await refresh(second.refresh_token)).status).toBe(400);
  });

  it('gives a stored answer to no other client', async () => {
    const first = await enter();
    await refresh(first.refresh_token);
    expect((await refresh(first.refresh_token, { client_id: 'somebody-else' })).status).toBe(401);
  });

  it('keeps neither tokens nor stored answers readable in the store', async () => {
    const first = await enter();
    const second = await refresh(first.refresh_token);
    const rows = await db().query<{ all: string }>('SELECT string_agg(key || payload, $1) AS all FROM auth_record', [
      ' ',
    ]);
    for (const tokens of [first, second]) {
      expect(rows[0]?.all).not.toContain(tokens.access_token);
      expect(rows[0]?.all).not.toContain(tokens.refresh_token);
    }
  });

  it('ends an access token after ten minutes', async () => {
    const tokens = await enter();
    later(599);
    expect(await readerOf(tokens)).toBeDefined();
    vi.useRealTimers();
    later(601);
    expect(await readerOf(tokens)).toBeUndefined();
  });

  it('ends everything twelve hours after the launch, however often it was refreshed', async () => {
    let tokens = await enter();
    for (let hour = 1; hour <= 11; hour += 1) {
      later(3600);
      tokens = await refresh(tokens.refresh_token);
      expect(tokens.status).toBe(200);
    }
    later(3590);
    tokens = await refresh(tokens.refresh_token);
    expect(Number(tokens.expires_in)).toBeLessThanOrEqual(11);
    later(15);
    expect(await readerOf(tokens)).toBeUndefined();
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
  });

  it('outlives a restart of the hub: the same keys, the same sessions', async () => {
    const tokens = await enter();
    const keys = await (await fetch(`${hub.issuer}/jwks`)).text();
    await hub.restart();
    expect(await (await fetch(`${hub.issuer}/jwks`)).text()).toBe(keys);
    expect((await readerOf(tokens))?.patient).toBe(people.ann.id);
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('is revoked at once when the app asks', async () => {
    const tokens = await enter();
    const body = new URLSearchParams({ client_id: 'care-timeline', token: tokens.refresh_token ?? '' });
    expect((await fetch(`${hub.issuer}/revoke`, { method: 'POST', body })).status).toBe(200);
    expect(await readerOf(tokens)).toBeUndefined();
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
  });

  it('answers no refresh from before it was revoked, however soon', async () => {
    const first = await enter();
    const second = await refresh(first.refresh_token);
    const body = new URLSearchParams({ client_id: 'care-timeline', token: second.refresh_token ?? '' });
    await fetch(`${hub.issuer}/revoke`, { method: 'POST', body });
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await readerOf(first)).toBeUndefined();
    expect(await readerOf(second)).toBeUndefined();
  });

  it.each([
    ['was merged into somebody else', 'merged_into', people.bea.id, null],
    ['is now withheld', 'mask', 1, 0],
  ])(
    'read nothing from the moment on, and are not renewed, when the person %s',
    async (_why, column, value, before) => {
      const first = await enter();
      expect(await readerOf(first)).toMatchObject({ patient: people.ann.id });
      const set = (to: unknown) => db().query(`UPDATE person SET ${column} = $1 WHERE id = $2`, [to, people.ann.id]);
      await set(value);
      try {
        expect(await readerOf(first)).toBeUndefined();
        expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
      } finally {
        await set(before);
      }
    },
  );

  it('is nobody’s when made up', async () => {
    expect(await hub.auth.readerOf('made-up')).toBeUndefined();
    expect(await hub.auth.readerOf('')).toBeUndefined();
  });

  it('answers the app’s origin only, and says so to the browser', async () => {
    const asked = async (origin: string) => hub.token(await codeOf(), { origin });
    const own = await asked(hub.config.publicUrl);
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, hub.config.publicUrl]);
    const evil = await asked('https://evil.example');
    expect([evil.status, evil.headers.get('access-control-allow-origin')]).toEqual([400, null]);
  });

  it('deletes what has expired, a little at a time', async () => {
    await enter();
    later(2 * 24 * 3600);
    await enter();
    const rows = await db().query<{ old: string }>(
      'SELECT count(*)::text AS old FROM auth_record WHERE expires_at < $1::timestamptz',
      [new Date().toISOString()],
    );
    expect(rows[0]?.old).toBe('0');
  });

  it('writes no token, code, name or number to the log', async () => {
    const fields = await codeOf();
    const tokens = await answerOf(await hub.token(fields));
    await refresh('made-up');
    const log = hub.lines.join('\n');
    for (const secret of [fields.code, tokens.access_token, tokens.refresh_token, 'Okoro', '9990000018', 'LARK']) {
      expect(log).not.toContain(secret);
    }
  });
});
