import type { MapContext } from '../../timeline/context.ts';
import type { Entry, Statement } from '../../timeline/entry.ts';
import { Section } from '../../ui/section.tsx';
import { witnessNames } from './joined-words.ts';
import { StatementView } from './statement-view.tsx';

interface StatementListProps {
  entry: Entry;
  /** What became no row because it belongs to this entry. */
  linked: readonly Statement[];
  context: MapContext;
  folded: boolean;
}

/**
 * Each source's own statement, those of an event with several witnesses side by side where there is room, else one below the other. What
 * happened within the entry stands there, in its place.
 */
export function StatementList({ entry, linked, context, folded }: StatementListProps) {
  const within = new Set(entry.children.flatMap(({ statements }) => statements.map(({ reference }) => reference)));
  const own = entry.statements.filter(({ reference }) => !within.has(reference));
  const { joined } = entry;
  const view = (statement: Statement) => (
    <StatementView key={statement.reference} statement={statement} context={context} folded={folded} />
  );
  if (joined === undefined) {
    const all = [...own, ...linked];
    return (
      <Section title={all.length === 1 ? 'What the source states' : 'What each source states'}>{all.map(view)}</Section>
    );
  }
  const names = witnessNames(joined);
  return (
    <Section title="What each source states">
      <div className="@container">
        <div className="grid gap-x-2 @[23rem]:grid-cols-2">
          {joined.witnesses.map((witness) => (
            <section key={witness.entry.key} aria-label={`Told by ${names.get(witness.entry.key)}`} className="min-w-0">
              {witness.entry.statements.filter(({ reference }) => !within.has(reference)).map(view)}
            </section>
          ))}
        </div>
      </div>
      {linked.map(view)}
    </Section>
  );
}
