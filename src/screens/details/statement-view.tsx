import { formatDateTime } from '../../timeline/dates.ts';
import type { MapContext } from '../../timeline/context.ts';
import type { Statement } from '../../timeline/entry.ts';
import { date } from '../../timeline/read.ts';
import { sourceLabel } from '../../timeline/source.ts';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { tellsReason } from './folded-reasons.ts';
import { statementFacts } from './statement-facts.ts';

export interface StatementViewProps {
  statement: Statement;
  context: MapContext;
  /** Reasons and outcomes stay folded (see folded-reasons.ts). */
  folded: boolean;
}

/** One source's statement in its own words, with who says it and when the hub received it. */
export function StatementView({ statement, context, folded }: StatementViewProps) {
  const received = date(statement.resource.meta?.lastUpdated);
  const facts = statementFacts(statement, context).filter(({ name }) => !folded || !tellsReason(name));
  return (
    <article
      aria-label={`Stated by ${sourceLabel(statement.source)}`}
      className="@container mt-1.5 rounded-sm border border-line px-3 py-2"
    >
      <h4 className="text-sm">
        {sourceLabel(statement.source)}
        {statement.organisation !== undefined && (
          <span className="font-normal text-secondary"> · {statement.organisation}</span>
        )}
      </h4>
      {facts.length === 0 ? (
        <p className="text-sm text-secondary">It states nothing more.</p>
      ) : (
        <FactList>
          {facts.map(({ name, words }) => (
            <Fact key={name} name={name} stacked>
              <span className="whitespace-pre-line">{words}</span>
            </Fact>
          ))}
        </FactList>
      )}
      {received !== undefined && (
        <p className="mt-1 text-xs text-secondary">
          Received {formatDateTime(received)}, which is not when it happened
        </p>
      )}
    </article>
  );
}
