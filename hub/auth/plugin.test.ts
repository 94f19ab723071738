import fastify from 'fastify';
import { beforeAll, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { eachEngine } from '../store/testing.ts';
import { createAuth } from './auth.ts';

eachEngine('behind a proxy that speaks https', ({ db }) => {
  let app: FastifyInstance;
  beforeAll(async () => {
    const publicUrl = 'https://record.example';
    const auth = await createAuth({
      config: {
        port: 1,
        deskPort: 1,
        mllpPort: 0,
        dataDir: '/nonexistent',
        databaseUrl: undefined,
        publicUrl,
        demo: false,
      },
      registrations: {
        apps: [{ clientId: 'app', name: 'App', redirectUris: [`${publicUrl}/callback`] }],
        clinicalSystems: [],
        signOn: undefined,
      },
      database: db(),
    });
    app = fastify();
    app.addHook('onRequest', async (_request, reply) => {
      void reply.header('Referrer-Policy', 'no-referrer').header('Access-Control-Allow-Origin', '*');
    });
    await app.register(auth.plugin, { prefix: '/oauth' });
  });

  const authorize = () =>
    app.inject({
      url: '/oauth/authorize',
      headers: { host: 'inner:8080' },
      query: {
        response_type: 'code',
        client_id: 'app',
        redirect_uri: 'https://record.example/callback',
        scope: 'launch/patient patient/*.rs',
        aud: 'https://record.example/fhir',
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
      },
    });

  it('makes its addresses from PUBLIC_URL and its cookies for https only', async () => {
    const response = await authorize();
    expect(response.statusCode).toBe(303);
    expect(response.headers.location).toMatch(/^(https:\/\/record\.example)?\/oauth\/interaction\//);
    const cookies = [response.headers['set-cookie'] ?? []].flat();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/; secure; httponly/i);
    for (const cookie of cookies) expect(cookie).toMatch(/; samesite=lax/i);
  });

  it('sends the hub’s own headers along, but decides about other origins itself', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/oauth/token',
      headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'grant_type=authorization_code&client_id=app&code=x&redirect_uri=https://record.example/callback',
    });
    expect(response.statusCode).toBe(400);
    expect(response.headers['referrer-policy']).toBe('no-referrer');
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('says in words that there is no sign-on here where none is registered', async () => {
    const started = await authorize();
    const cookies = [started.headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';')[0]);
    const page = await app.inject({
      url: new URL(started.headers.location ?? '', 'https://record.example').pathname,
      headers: { cookie: cookies.join('; '), 'x-forwarded-proto': 'https' },
    });
    expect([page.statusCode, page.body.includes('no sign-on of its own')]).toEqual([403, true]);
  });
});
