import type { ReactNode } from 'react';
import { type KeyLine, sourcesOf } from '../../timeline/key-information/lines.ts';
import type { KeyItem } from '../../timeline/key-information/topics.ts';
import { Chip } from '../../ui/chip.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';

export interface KeyLineViewProps {
  line: KeyLine;
  /** What else stands under its words: how to reach somebody. */
  children?: ReactNode;
}

/**
 * One thing that is known of the person: what, how sure, and who states it, when, and how old that is. Told by several
 * sources it names them all, says where they differ, and opens to each one's own statement.
 */
export function KeyLineView({ line, children }: KeyLineViewProps) {
  const [first, ...others] = line.items;
  return (
    <li className="border-b border-line py-1 last:border-b-0">
      <Words item={line.head} detail={others.length === 0 || line.differs.length === 0} />
      {children}
      {line.differs.map((words) => (
        <span key={words} className="block font-bold text-gap-ink">
          <Unbroken words={`Sources differ: ${words}`} />
        </span>
      ))}
      {others.length === 0 ? (
        <Said item={first} />
      ) : (
        <details className="text-xs text-secondary">
          <summary className="cursor-pointer py-1 max-sm:py-3.5">Told by {sourcesOf(line).join(' and ')}</summary>
          <ul className="border-l-2 border-line pl-2">
            {line.items.map((item) => (
              <li key={item.key} className="py-0.5">
                <Words item={item} detail />
                <Said item={item} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function Words({ item, detail }: { item: KeyItem; detail: boolean }) {
  return (
    <>
      {item.label !== undefined && (
        <>
          <Chip>{item.label}</Chip>{' '}
        </>
      )}
      <b>{item.text}</b>
      {detail && <Unbroken words={item.detail.map((words) => ` · ${words}`).join('')} />}
      {item.narrative !== undefined && <span className="block whitespace-pre-line">{item.narrative}</span>}
    </>
  );
}

/** Who states it, when it was recorded or began, by whom, and how old that source's data is. */
function Said({ item }: { item: KeyItem }) {
  const said = [item.source, item.recorded, item.by, item.certainty, item.age].filter((words) => words !== undefined);
  return (
    <span className="block text-xs text-secondary">
      <Unbroken words={said.join(' · ')} />
    </span>
  );
}
