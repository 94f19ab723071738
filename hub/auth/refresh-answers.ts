import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { errors } from 'oidc-provider';
import { AlreadyUsed } from './adapter.ts';
import type { AuthParts } from './auth-parts.ts';
import type { GrantContext, GrantHandler } from './smart-provider.ts';

interface StoredAnswer {
  client: string;
  sealed: string;
}

const kind = 'RefreshAnswer';
const waitMillis = 2000;
const pollMillis = 50;

/**
 * Refreshing with rotation and a grace: two tabs of one session, or an answer lost on the way, present the same refresh
 * token twice within seconds. Within the grace the second gets the same answer as the first; after it the library takes
 * the reuse for theft and ends the authorization.
 */
export async function answerRefresh(parts: AuthParts, ctx: GrantContext, handler: GrantHandler): Promise<void> {
  const presented = ctx.oidc.params.refresh_token;
  if (typeof presented !== 'string') return handler(ctx);
  for (let attempt = 0; ; attempt += 1) {
    const usedAt = (await parts.records.find('RefreshToken', presented))?.usedAt;
    if (usedAt !== undefined && Date.now() - usedAt < parts.lifetimes.refreshGrace * 1000) {
      const answer = await earlierAnswer(parts, presented, ctx.oidc.client.clientId);
      if (answer !== undefined) {
        ctx.body = answer;
        return undefined;
      }
      // The refresh that used it never ended (the hub stopped in the middle of it): it did not happen.
      await parts.records.release('RefreshToken', presented);
    }
    try {
      await handler(ctx);
      await keepAnswer(parts, presented, ctx);
      return undefined;
    } catch (error) {
      // Another request used it in this very moment: its answer is on the way.
      if (!(error instanceof AlreadyUsed) || attempt > 0) throw error;
    }
  }
}

async function keepAnswer(parts: AuthParts, presented: string, ctx: GrantContext): Promise<void> {
  const stored: StoredAnswer = { client: ctx.oidc.client.clientId, sealed: seal(presented, ctx.body as object) };
  await parts.records.put(kind, presented, stored, {
    expiresAt: Date.now() + parts.lifetimes.refreshGrace * 1000,
    grant: ctx.oidc.entities.Grant?.jti,
  });
}

async function earlierAnswer(parts: AuthParts, presented: string, client: string): Promise<object | undefined> {
  for (const end = performance.now() + waitMillis; performance.now() < end; await wait(pollMillis)) {
    const stored = (await parts.records.find(kind, presented))?.payload as StoredAnswer | undefined;
    if (stored === undefined) continue;
    if (stored.client !== client) throw new errors.InvalidGrant('client mismatch');
    return unseal(presented, stored.sealed);
  }
  return undefined;
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
