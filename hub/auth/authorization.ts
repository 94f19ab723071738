import type { LaunchContext } from './launch-context.ts';
import type { AuthRecords } from './records.ts';

/** Who signed on, as the launching system or the sign-on service says. */
export interface SignedOnUser {
  /** The user's id there; for national sign-on the SDS user id. */
  id: string;
  name: string;
  /** Role code (SDS job role where there is one) and its words. */
  role: string;
  roleName: string;
  /** ODS code of the organisation and its name. */
  organisation: string;
  organisationName: string;
  /** The hub's Practitioner id; also the subject of tokens. */
  practitioner: string;
}

/** A session at a sign-on service, by that service's own ids. */
export interface UpstreamSession {
  service: string;
  subject: string;
  /** `sid` of the id_token, where there is one. */
  sid: string | undefined;
}

/** What one authorization is for; every token of it names exactly this person, whatever else the browser does. */
export interface Authorization {
  client: string;
  user: SignedOnUser;
  /** The hub's Patient id. */
  patient: string;
  encounter: string | undefined;
  needPatientBanner: boolean;
  /** Absent where the person was chosen without a launch. */
  context?: LaunchContext | undefined;
  /** Name shown: `EMIS`, `Intranet`. */
  openedFrom: string;
  /** Source id of the launching system, or `intranet`. */
  from: string;
  /** Epoch milliseconds of when the user last proved who they are; at a launch, when its system vouched for it. */
  signedOnAt?: number | undefined;
  /** Epoch milliseconds. */
  openedAt: number;
  /** The browser it was opened in, where a sign-on there led to it; nothing that a clinical system opened. */
  browser?: string | undefined;
  /** The session at the sign-on service, by which that service ends it. */
  upstream?: UpstreamSession | undefined;
  /** What the reader stated when choosing the person. */
  reason: string | undefined;
}

const kind = 'Authorization';

/** Keeps what the grant is for beside it; it ends with the grant, or when nobody used it for so long (milliseconds). */
export async function saveAuthorization(
  records: AuthRecords,
  grant: string,
  authorization: Authorization,
  { endsAt, idle }: { endsAt: number; idle: number },
): Promise<void> {
  const { browser, upstream, user } = authorization;
  await records.put(kind, grant, authorization, {
    expiresAt: Math.min(endsAt, Date.now() + idle),
    endsAt,
    grant,
    uid: browser,
    user: user.id,
    upstream: upstream && upstreamKey(upstream),
  });
}

/** How often a use is noted, in milliseconds: a write at every read would cost more than it tells. */
const noteEvery = 60_000;

/** Notes that the authorization was used, last at `usedLast` (epoch milliseconds). */
export async function noteUse(records: AuthRecords, grant: string, usedLast: number, idle: number): Promise<void> {
  if (Date.now() - usedLast >= noteEvery) await records.touch(kind, grant, idle);
}

/** How a session at a sign-on service is looked up. */
export function upstreamKey({ service, subject }: Pick<UpstreamSession, 'service' | 'subject'>): string {
  return `${service}|${subject}`;
}

/** What the grant is for; undefined when it has ended or was revoked. */
export async function findAuthorization(records: AuthRecords, grant: string): Promise<Authorization | undefined> {
  return (await records.find(kind, grant))?.payload as Authorization | undefined;
}
