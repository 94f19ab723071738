import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import type { AuthRecords } from './records.ts';

/** A code or refresh token was presented by two requests at once; the other one was first. */
export class AlreadyUsed extends errors.InvalidGrant {
  /** The authorization it belongs to. */
  readonly grant: string | undefined;
  constructor(grant: string | undefined) {
    super('presented again while being used');
    this.grant = grant;
  }
}

// Bearer secrets: their value is their id, so the payload must not repeat it in clear.
const secretModels = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

/** oidc-provider's memory over the store, so that a restart ends nobody's work and several hubs share it. */
export function recordsAdapter(records: AuthRecords): (model: string) => Adapter {
  return (model) => {
    const secret = secretModels.has(model);
    return {
      async upsert(id, payload, expiresIn) {
        const { jti, ...rest } = payload;
        await records.put(model, id, secret ? rest : { jti, ...rest }, {
          expiresAt: expiresIn === undefined ? undefined : Date.now() + expiresIn * 1000,
          grant: model === 'Grant' ? id : payload.grantId,
          uid: payload.uid,
        });
      },
      async find(id) {
        const found = await records.find(model, id);
        if (found === undefined) return undefined;
        const payload = found.payload as AdapterPayload;
        if (secret) payload.jti = id;
        if (found.usedAt !== undefined) payload.consumed = Math.floor(found.usedAt / 1000);
        return payload;
      },
      async findByUid(uid) {
        return (await records.findByUid(model, uid))?.payload as AdapterPayload | undefined;
      },
      async findByUserCode() {
        throw new Error('The device flow is not offered');
      },
      async consume(id) {
        if (await records.use(model, id)) return;
        throw new AlreadyUsed((await records.find(model, id))?.grant);
      },
      async destroy(id) {
        if (model === 'Grant') await records.removeGrant(id);
        else await records.remove(model, id);
      },
      async revokeByGrantId(grant) {
        await records.removeGrant(grant, model);
      },
    };
  };
}
