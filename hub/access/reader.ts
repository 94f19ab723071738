import type { ResourceType } from '../../fhir/resource-types.ts';
import type { Access } from './access.ts';
import type { Offers } from './relationship/offers.ts';

/** One granted SMART scope after parsing: `patient/Encounter.rs`. */
export interface ScopeGrant {
  context: 'patient' | 'user' | 'system';
  type: ResourceType | '*';
  /** Letters of `cruds` that were granted. */
  actions: string;
  /**
   * The query of the scope (SMART 2.2, finer-grained resource constraints) as stored tokens: a row is within it when it has
   * one of every group. Absent where the scope has no query.
   */
  only?: readonly (readonly string[])[] | undefined;
}

/** Who reads, for whom, why: everything the one filter and the audit need. Built by hub/auth from a bearer token. */
export interface Reader {
  /** The OAuth client: the app. */
  client: string;
  /** The authorization this token belongs to: one launch or one sign-on. */
  grant: string;
  user: { id: string; name: string; role: string; organisation: string };
  /** The one person this token names, by the hub's Patient id. */
  patient: string;
  scopes: ScopeGrant[];
  /** v3 PurposeOfUse; TREAT unless the policy says otherwise. */
  purpose: string;
  /** The clinical system it was launched from, or `intranet`. */
  from: string;
  /** What the reader stated when choosing the person without a launch. */
  reason: string | undefined;
  /** A service without anybody before a screen: its token names no person, each of its requests does. */
  service?: true;
  /** Why a service may not read this yet, in words: the rollout's phase has not come to it, or to the person. */
  outside?: string | undefined;
  /** What the policy and the person's choices leave of the record, decided for this request. */
  access: Access;
  /** What this reader can do to be given more; absent where their app is not registered to do it for them, and for services. */
  offers?: Offers;
  /** Epoch milliseconds of when the user last proved who they are, or a clinical system vouched for it by a launch. */
  signedOnAt?: number | undefined;
  /** The person shares their own readings by this app: what it writes of measurements is theirs, and no app's. */
  readings?: true;
}
