import type { Sql } from '../../../store/database.ts';
import type { FeedSetting } from '../../feed-settings.ts';
import { keepMessage } from '../../inbox/keep.ts';
import { noAnswerLabel } from '../../sources/heard.ts';
import { gpConnect, structuredRecord } from './gp-connect.ts';
import { pullRecord, unansweredFor, type PullOptions } from './pull.ts';
import type { Requester } from './request-token.ts';

/** A practice that is asked, as configured. */
export type PullFeed = FeedSetting & { receiver: { kind: 'pull' } };

/** What the hub has of a person from this practice, by their number. */
export interface KnownRecord {
  /** The hub's Patient id. */
  person: string;
  /** The practice's own number for them. */
  subject: string;
}

/** What came of asking for one person; no patient data. */
export interface PullOutcome {
  kind: 'record' | 'refused' | 'failed';
  /** Why there is no record, in a sentence. */
  reason: string | undefined;
  /** Where the inbox holds what came, or that nothing did; undefined where it is not known whose record that would be. */
  seq: number | undefined;
}

export interface PullAsk {
  nhsNumber: string;
  practitioner: Requester['practitioner'];
  known: KnownRecord | undefined;
  /** URI of this hub. */
  issuer: string;
  traceId: string;
  /** How requests leave; `fetch` unless told. */
  send?: PullOptions['send'];
  timeoutMs?: number;
}

/** The record that this practice told of this number before; undefined where it told none, or more than one (wrong patient). */
export async function knownRecord(sql: Sql, feed: PullFeed, nhsNumber: string): Promise<KnownRecord | undefined> {
  const rows = await sql.query<KnownRecord>(
    `select p.person, p.local_id as subject from source_patient p
     join feed_scope f on f.source = p.source and f.subject = p.local_id and f.scope = $4 and f.organisation = $3
     where p.source = $1 and p.nhs_number = $2`,
    [feed.source, nhsNumber, feed.organisation, structuredRecord],
  );
  return rows.length === 1 ? rows[0] : undefined;
}

/**
 * Asks a practice for one person's record and puts what comes into the inbox, like any message: a record, a refusal, or that
 * nothing usable came, which the person's page then says. Rejects only when the store fails; then nothing was kept.
 */
export async function pullInto(sql: Sql, feed: PullFeed, ask: PullAsk): Promise<PullOutcome> {
  const { base, asid, proxy, ownAsid, requester: organisation } = feed.receiver;
  const { nhsNumber, practitioner, known, issuer, traceId, send, timeoutMs } = ask;
  const now = Date.now();
  const pulled = await pullRecord({
    endpoint: { organisation: feed.organisation, base, asid, ...(proxy !== undefined && { proxy }) },
    requester: {
      issuer,
      asid: ownAsid,
      device: { system: `${issuer}/devices`, value: 'hub', model: 'Care Timeline', version: '1' },
      organisation,
      practitioner,
    },
    nhsNumber,
    traceId,
    now,
    ...(known !== undefined && { subject: known.subject }),
    ...(send !== undefined && { send }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const reason = pulled.kind === 'record' ? undefined : pulled.reason;
  const bytes = pulled.kind === 'failed' ? known && unansweredFor(known.subject, nhsNumber) : pulled.bytes;
  if (bytes === undefined) return { kind: pulled.kind, reason, seq: undefined };
  const { seq } = await keepMessage(sql, {
    source: feed.source,
    organisation: feed.organisation,
    format: feed.format,
    label: pulled.kind === 'failed' ? noAnswerLabel(traceId) : pulled.label,
    receivedAt: new Date().toISOString(),
    bytes,
    subject: gpConnect.subjectOf(bytes),
  });
  return { kind: pulled.kind, reason, seq };
}
