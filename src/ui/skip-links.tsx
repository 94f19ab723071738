export interface SkipLink {
  /** Id of what it leads to, for the address a link must have. */
  target: string;
  words: string;
  /** Leads there in another way; without it the target takes focus. */
  follow?: () => void;
}

/** Links that appear on the first Tab and jump past what is fixed above. */
export function SkipLinks({ links }: { links: readonly SkipLink[] }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <nav aria-label="Skip links">
      {links.map(({ target, words, follow }) => (
        <a
          key={target}
          href={`#${target}`}
          className="sr-only z-50 rounded bg-focus px-3 py-2 font-bold text-focus-ink underline focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
          onClick={(event) => {
            // The address stays as it is: it holds the filters, and Back must not step through skips.
            event.preventDefault();
            if (follow === undefined) focusOn(target);
            else follow();
          }}
        >
          {words}
        </a>
      ))}
    </nav>
  );
}

/**
 * Scrolls to the element with this id, no further than needed (what is in view moves nothing), and gives it focus; it must
 * be able to take it.
 */
export function focusOn(id: string): void {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'nearest' });
  element?.focus({ preventScroll: true });
}
