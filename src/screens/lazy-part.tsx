import { useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { afterPaint } from '../ui/after-paint.ts';
import { Button } from '../ui/button.tsx';

export interface LazyWords<P> {
  /** Said while the code is on its way: `Opening Print.` */
  waiting: string;
  /** Said when it did not arrive: what is not shown for it. */
  failed: string;
  /** Puts what is said where the part would stand: in a sheet, under a title. As it is without one. */
  frame?: (told: ReactNode, props: P) => ReactNode;
  /** Asked for once what it was first drawn with has been painted: the rows that stand beside it come first. */
  behind?: true;
}

/** A part of the page whose code comes when it is first needed. */
export interface LazyPart<P> {
  Part: ComponentType<P>;
  /** Fetches the code ahead; rejects when it cannot be fetched. */
  load: () => Promise<ComponentType<P>>;
}

/**
 * Makes a part that is fetched when first shown (T12: the first row does without it). While it is on its way that is
 * said, and when it does not arrive that is said too, with a way to try again: a part is never silently missing (T3).
 */
export function lazyPart<P extends object>(
  fetchPart: () => Promise<ComponentType<P>>,
  words: LazyWords<P>,
): LazyPart<P> {
  let loaded: ComponentType<P> | undefined;
  const load = async () => (loaded = await fetchPart());

  function Part(props: P): ReactNode {
    // It remembers nothing that is costly; the part itself does.
    'use no memo';
    const [part, setPart] = useState({ Here: loaded });
    const [attempt, setAttempt] = useState(0);
    const [failed, setFailed] = useState(false);
    const { Here } = part;
    useEffect(() => {
      // Here, and not merely fetched: it may have come for somebody else after this was drawn.
      if (Here !== undefined) return undefined;
      let wanted = true;
      const here = words.behind === true ? afterPaint().then(load) : load();
      here.then(
        (Here) => wanted && setPart({ Here }),
        () => wanted && setFailed(true),
      );
      return () => {
        wanted = false;
      };
      // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each press of Try again fetches once more
    }, [attempt, Here]);

    if (Here !== undefined) return <Here {...props} />;
    const again = () => {
      setFailed(false);
      setAttempt(attempt + 1);
    };
    const told = failed ? (
      <div role="alert" className="text-sm">
        <p className="mb-2">{words.failed} If trying again does not help, reload the page.</p>
        <Button icon="refresh" onClick={again}>
          Try again
        </Button>
      </div>
    ) : (
      <p role="status" className="text-sm">
        {words.waiting}
      </p>
    );
    return words.frame?.(told, props) ?? told;
  }
  return { Part, load };
}
