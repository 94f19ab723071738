import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What the stand-in remembers, for as long as it runs. The library's own memory is the same, with a warning for production. */
export function inMemory(): (model: string) => Adapter {
  const kept = new Map<string, { payload: AdapterPayload; until: number }>();
  const find = (key: string) => {
    const entry = kept.get(key);
    return entry === undefined || entry.until < Date.now() ? undefined : entry.payload;
  };
  return (model) => {
    const keyOf = (id: string) => `${model}:${id}`;
    return {
      upsert: async (id, payload, seconds) => {
        kept.set(keyOf(id), { payload, until: Date.now() + (seconds ?? 3600) * 1000 });
        if (payload.uid !== undefined)
          kept.set(keyOf(`uid:${payload.uid}`), { payload, until: Date.now() + (seconds ?? 3600) * 1000 });
      },
      find: async (id) => find(keyOf(id)),
      findByUid: async (uid) => find(keyOf(`uid:${uid}`)),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const payload = find(keyOf(id));
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => {
        const uid = find(keyOf(id))?.uid;
        kept.delete(keyOf(id));
        if (uid !== undefined) kept.delete(keyOf(`uid:${uid}`));
      },
      revokeByGrantId: async (grantId) => {
        // This model's only: an interaction names its grant too, and has to outlive the sign-off of the user before.
        for (const [key, { payload }] of kept)
          if (key.startsWith(keyOf('')) && payload.grantId === grantId) kept.delete(key);
      },
    };
  };
}
