import { minimalFhir, type MinimalFhir } from '../../../mocks/minimal-hub/fhir.ts';
import type { Abilities } from '../../../mocks/minimal-hub/abilities.ts';
import { person, recordOf } from '../../../mocks/minimal-hub/record.ts';
import { withinBase } from '../../launch/base.ts';
import { ReadFailure, type FailureKind, type Session } from '../../launch/session.ts';

// A session on the minimal R4 server, without a network between.

export const today = Date.UTC(2026, 10, 22, 12);

/** Each gets a base of its own, because what a hub can do is kept by its base. */
let made = 0;

/** `laterMs`: how long each page after the first takes. */
export function sessionOn(abilities: Abilities, laterMs = 0): { session: Session; server: MinimalFhir } {
  const base = `https://elsewhere-${(made += 1)}.example/fhir`;
  const server = minimalFhir(base, recordOf(today), abilities);
  const session: Session = {
    base,
    hubName: 'Riverside records',
    patientId: person.id ?? '',
    encounterId: undefined,
    scopes: ['patient/*.read'],
    needPatientBanner: true,
    user: { name: undefined, fhirUser: undefined },
    openedFrom: undefined,
    openedAt: today,
    async read(path, options) {
      await new Promise((resolve) => {
        setTimeout(resolve, path.includes('_offset') ? laterMs : 0);
      });
      if (options?.signal?.aborted === true) throw new ReadFailure('aborted', 'Given up.');
      const { status, body } = server.answer(new URL(withinBase(base, path)));
      if (status === 200) return { body, serverTime: undefined };
      const kind: FailureKind = status === 404 ? 'not-found' : 'unsupported';
      throw new ReadFailure(kind, 'refused', status);
    },
    send: () => Promise.reject(new Error('nothing is sent')),
    onEnd: () => () => undefined,
  };
  return { session, server };
}
