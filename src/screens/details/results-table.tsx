import type { Observation, Resource } from 'fhir/r4';
import type { MapContext } from '../../timeline/context.ts';
import { sourceLabel, sourceOf } from '../../timeline/source.ts';
import { Unbroken } from '../../ui/unbroken.tsx';
import { TrendLink } from '../trends/trend-link.tsx';
import { conclusionWords, reportWords, resultLine } from './linked-words.ts';
import { Notes } from './notes.tsx';
import { resultGroups, type ResultGroup } from './result-groups.ts';

interface ResultsTableProps {
  resources: readonly Resource[];
  context: MapContext;
  /** Whether more than one source speaks in this entry, so that each line says which. */
  saySource: boolean;
}

/** Results with their range, the laboratory's flag in words and no judgement of our own (misreading 9), by report and day. */
export function ResultsTable({ resources, context, saySource }: ResultsTableProps) {
  const groups = resultGroups(resources);
  if (groups.length === 0) return null;
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Results</caption>
      <thead>
        <tr className="text-xs text-secondary">
          <th scope="col" className={`${cell} w-[38%] font-normal`}>
            Test
          </th>
          <th scope="col" className={`${cell} font-normal`}>
            Result
          </th>
          <th scope="col" className={`${cell} w-[27%] font-normal`}>
            Range
          </th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.key}>
          <tr>
            <th colSpan={3} scope="rowgroup" className={`${cell} border-t border-line bg-page`}>
              <Unbroken words={headWords(group)} />
              {saySource && <Source resource={group.report ?? group.results[0]} />}
              {group.report !== undefined && <Notes notes={conclusionWords(group.report)} />}
            </th>
          </tr>
          {group.results.map((result) => (
            <ResultRow key={result.id} result={result} day={group.day} context={context} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function ResultRow({ result, day, context }: { result: Observation; day: string; context: MapContext }) {
  const line = resultLine(result, context);
  if (line === undefined) return null;
  return (
    <tr className="border-t border-line">
      <th scope="row" className={`${cell} font-normal`}>
        <span>{line.name}</span>
        {line.day !== day && <Unbroken words={` · ${line.day}`} />}
        {/* The words of the press begin where the name does. */}
        <span className="-ml-2.5 block max-sm:-ml-3.5">
          <TrendLink observation={result} patientId={context.patientId} now={context.now} />
        </span>
      </th>
      <td className={cell}>
        <b className="whitespace-pre-line">{line.value}</b>
        {line.said.map((words) => (
          <span key={words} className="block">
            {words}
          </span>
        ))}
        <Notes notes={line.notes} />
      </td>
      <td className={`${cell} text-secondary`}>{line.range ?? 'Not stated'}</td>
    </tr>
  );
}

function headWords({ report, day }: ResultGroup): string {
  return report === undefined ? day : reportWords(report).join(' · ');
}

function Source({ resource }: { resource: Resource | undefined }) {
  return resource === undefined ? null : (
    <span className="font-normal text-secondary"> · {sourceLabel(sourceOf(resource))}</span>
  );
}

const cell = 'px-1.5 py-1 text-left align-top wrap-break-word';
