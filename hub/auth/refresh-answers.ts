import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { errors } from 'oidc-provider';
import type { AuthParts } from './auth-parts.ts';
import type { GrantContext, GrantHandler } from './smart-provider.ts';

interface StoredAnswer {
  client: string;
  /** The narrower scope that was asked for, if one was. */
  scope?: string | undefined;
  /** Missing while the first request is at work. */
  sealed?: string;
}

const kind = 'RefreshAnswer';
const waitMillis = 2000;
const pollMillis = 50;

/**
 * Refreshing with rotation and a grace: two tabs of one session, or an answer lost on the way, present the same refresh
 * token twice within seconds. One of them does the work and the others get its answer; after the grace the library takes
 * the reuse for theft and ends the authorization.
 */
export async function answerRefresh(parts: AuthParts, ctx: GrantContext, handler: GrantHandler): Promise<void> {
  const presented = ctx.oidc.params.refresh_token;
  if (typeof presented !== 'string') return handler(ctx);
  const client = ctx.oidc.client.clientId;
  const scope = scopeOf(ctx);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const expiresAt = Date.now() + parts.lifetimes.refreshGrace * 1000;
    const mine: StoredAnswer = { client, scope };
    if (await parts.records.add(kind, presented, mine, { expiresAt })) {
      return refreshOnce(parts, ctx, handler, presented, expiresAt);
    }
    const answer = await earlierAnswer(parts, presented, client, scope);
    if (answer === 'never ended') await undo(parts, presented);
    else if (answer !== 'gone') {
      ctx.body = answer;
      return undefined;
    }
  }
  throw new errors.InvalidGrant('the refresh token is being used');
}

async function refreshOnce(
  parts: AuthParts,
  ctx: GrantContext,
  handler: GrantHandler,
  presented: string,
  expiresAt: number,
): Promise<void> {
  try {
    await handler(ctx);
  } catch (error) {
    // A refusal stands; a fault in the middle did not use the token up.
    if (error instanceof errors.OIDCProviderError) await parts.records.remove(kind, presented);
    else await undo(parts, presented);
    throw error;
  }
  const scope = scopeOf(ctx);
  const answer: StoredAnswer = { client: ctx.oidc.client.clientId, scope, sealed: seal(presented, ctx.body as object) };
  await parts.records.put(kind, presented, answer, { expiresAt, grant: ctx.oidc.entities.Grant?.jti });
}

function scopeOf(ctx: GrantContext): string | undefined {
  const { scope } = ctx.oidc.params;
  return typeof scope === 'string' ? scope : undefined;
}

/** The answer another request got; it may still be at work, may have failed, or its hub may have stopped in the middle. */
async function earlierAnswer(
  parts: AuthParts,
  presented: string,
  client: string,
  scope: string | undefined,
): Promise<object | 'gone' | 'never ended'> {
  for (const end = performance.now() + waitMillis; performance.now() < end; await wait(pollMillis)) {
    const stored = (await parts.records.find(kind, presented))?.payload as StoredAnswer | undefined;
    if (stored === undefined) return 'gone';
    if (stored.client !== client) throw new errors.InvalidGrant('client mismatch');
    // Who asks for less is not given what somebody asked for in full.
    if (stored.scope !== scope) throw new errors.InvalidGrant('the refresh token was used for another scope');
    if (stored.sealed !== undefined) return unseal(presented, stored.sealed);
  }
  return 'never ended';
}

/** A refresh that never ended did not happen: the token can be used as before. */
async function undo(parts: AuthParts, presented: string): Promise<void> {
  await parts.records.release('RefreshToken', presented);
  await parts.records.remove(kind, presented);
}

// An answer holds live tokens, so it is kept readable only to who holds the refresh token it answered.
function seal(secret: string, answer: object): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

function unseal(secret: string, sealed: string): object {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  return JSON.parse(text) as object;
}

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'care-timeline refresh answer', 32));
}
