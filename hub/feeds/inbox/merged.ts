import type { Sql } from '../../store/database.ts';
import { ownScope } from '../format.ts';
import type { HeldScope } from './pieces.ts';

/** A source's records that it made one: what happened under any of their numbers is told under the one that was kept. */
export interface Merged {
  kept: string;
  /** All their numbers, the kept one among them. */
  subjects: string[];
}

/** Merges of merges that are followed. */
const steps = 8;

/**
 * The records that stand as one with this one by their source's word, as far as the hub knows both; undefined where it stands
 * alone. A ring of merges joins nothing.
 */
export async function mergedWith(sql: Sql, source: string, subject: string): Promise<Merged | undefined> {
  const edges = new Map<string, string>();
  let around = [subject];
  for (let step = 0; step < steps && around.length > 0; step += 1) {
    const rows = await sql.query<{ keep: string; gone: string }>(
      `select l.keep, l.gone from feed_link l
       join source_patient k on k.source = l.source and k.local_id = l.keep
       join source_patient g on g.source = l.source and g.local_id = l.gone and g.person = k.person
       where l.source = $1 and l.kind = 'merge' and (l.keep = any($2::text[]) or l.gone = any($2::text[]))
       order by l.at, l.seq`,
      [source, around],
    );
    const found = rows.filter(({ keep, gone }) => edges.get(gone) !== keep);
    for (const { keep, gone } of found) edges.set(gone, keep);
    around = found.flatMap(({ keep, gone }) => [keep, gone]);
  }
  const kept = keptOf(subject, edges);
  if (kept === undefined) return undefined;
  const subjects = [...new Set([...edges.keys(), ...edges.values()])].filter((each) => keptOf(each, edges) === kept);
  return subjects.length > 1 ? { kept, subjects } : undefined;
}

function keptOf(subject: string, edges: ReadonlyMap<string, string>): string | undefined {
  let kept = subject;
  for (let step = 0; step <= edges.size; step += 1) {
    const next = edges.get(kept);
    if (next === undefined) return kept;
    kept = next;
  }
  return undefined;
}

/**
 * Every scope of these records but who each says the person is: held, and there for the kept one whatever number it was
 * said under.
 */
export async function holdMerged(sql: Sql, source: string, { kept, subjects }: Merged): Promise<HeldScope[]> {
  return sql.query<HeldScope>(
    `with all_scopes as (
       select scope, min(organisation) as organisation, min(format) as format from feed_scope
       where source = $1 and subject = any($3::text[]) and scope <> $4 group by scope
     ),
     kept as (
       insert into feed_scope as s (source, subject, scope, organisation, format)
       select $1, $2, scope, organisation, format from all_scopes order by scope
       on conflict (source, subject, scope) do update set attempts = 0
       returning s.subject, s.scope, s.told, s.digest
     ),
     others as (
       select subject, scope, told, digest from feed_scope
       where source = $1 and subject = any($3::text[]) and subject <> $2 and scope <> $4
       order by subject, scope for update
     )
     select *, true as linked from others union all select *, true from kept`,
    [source, kept, subjects, ownScope],
  );
}
