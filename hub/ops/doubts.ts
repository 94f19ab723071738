import type { Sql } from '../store/database.ts';
import { mostListed } from './page-parts.ts';

/** Something that was taken with a doubt, or that is not in the record yet. Never whose it is. Instants are ISO 8601 UTC. */
export interface DoubtView {
  source: string;
  /** The message that said it last; undefined where every one of them was taken back. */
  seq: number | undefined;
  at: string;
  /** Sentences without patient data. */
  why: string[];
}

type DoubtRow = Omit<DoubtView, 'seq'> & { seq: string | number | null };

const limit = mostListed + 1;

/** What was taken with doubts, the latest first: as messages came, and as what a file left for later was told. */
export async function takenWithDoubts(sql: Sql): Promise<DoubtView[]> {
  const rows = await sql.query<DoubtRow>(
    `select * from (
       (select source, seq, received as at, doubts as why from inbox where cardinality(doubts) > 0
        order by received desc limit ${limit})
       union all
       (select s.source, ${lastSaid} as seq, s.doubted as at, s.doubts as why from feed_scope s
        where s.doubted is not null order by s.doubted desc limit ${limit})
     ) as d order by at desc, seq desc limit ${limit}`,
  );
  return rows.map(view);
}

/** What files left for later and could not be told, or not wholly: it is missing from somebody's record. Oldest first. */
export async function notTold(sql: Sql): Promise<DoubtView[]> {
  const rows = await sql.query<DoubtRow>(
    `select s.source, m.seq, coalesce(s.waiting, m.received, s.due) as at, array[s.problem] as why
     from feed_scope s left join inbox m on m.source = s.source and m.seq = ${lastSaid}
     where s.problem is not null order by at limit ${limit}`,
  );
  return rows.map(view);
}

const lastSaid = `(select max(p.seq) from feed_piece p
  where p.source = s.source and p.subject = s.subject and p.scope = s.scope)`;

function view(row: DoubtRow): DoubtView {
  return { ...row, seq: row.seq === null ? undefined : Number(row.seq) };
}
