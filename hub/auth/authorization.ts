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
  /** What the reader stated when choosing the person. */
  reason: string | undefined;
}

const kind = 'Authorization';

/** Keeps what the grant is for beside it; it ends with the grant. */
export async function saveAuthorization(
  records: AuthRecords,
  grant: string,
  authorization: Authorization,
  expiresAt: number,
): Promise<void> {
  await records.put(kind, grant, authorization, { expiresAt, grant });
}

/** What the grant is for; undefined when it has ended or was revoked. */
export async function findAuthorization(records: AuthRecords, grant: string): Promise<Authorization | undefined> {
  return (await records.find(kind, grant))?.payload as Authorization | undefined;
}
