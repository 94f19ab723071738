import type { Joined } from '../../timeline/entry.ts';
import { Section } from '../../ui/section.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { differenceNames, joinedSentence, saidBy, witnessNames } from './joined-words.ts';

/** Who tells of one event, where they differ, and why they were taken for one (T4, misreading 10). */
export function JoinedSection({ joined, folded }: { joined: Joined; folded: boolean }) {
  const names = [...witnessNames(joined)];
  // What mental health care was for, and how it ended, is folded away with the rest of its reasons.
  const differences = joined.differences.filter(({ what }) => !folded || (what !== 'reason' && what !== 'outcome'));
  return (
    <Section title="Told by several sources">
      <p className="text-sm">{joinedSentence(joined)}</p>
      {differences.length > 0 && (
        <div className="overflow-x-auto">
          <table className="mt-1.5 w-full border-collapse text-sm">
            <caption className="sr-only">Where the sources differ</caption>
            <thead>
              <tr>
                <th scope="col" className={`${cell} whitespace-nowrap text-secondary`}>
                  Differ on
                </th>
                {names.map(([key, name]) => (
                  <th key={key} scope="col" className={cell}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differences.map((difference) => (
                <tr key={difference.what}>
                  <th scope="row" className={`${cell} font-normal whitespace-nowrap text-secondary`}>
                    {differenceNames[difference.what]}
                  </th>
                  {names.map(([key]) => (
                    <td key={key} className={cell}>
                      <Unbroken words={saidBy(difference, key)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ul className="mt-1.5 text-sm">
        {joined.witnesses.flatMap(({ entry, because }) =>
          because === undefined
            ? []
            : [<li key={entry.key}>{`Why ${new Map(names).get(entry.key)} is taken for the same: ${because}.`}</li>],
        )}
      </ul>
    </Section>
  );
}

const cell = 'border border-line px-1.5 py-1 text-left align-top wrap-break-word';
