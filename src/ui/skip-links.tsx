export interface SkipLink {
  /** Id of what it leads to; it must be able to take focus. */
  target: string;
  words: string;
}

/** Links that appear on the first Tab and jump past what is fixed above. */
export function SkipLinks({ links }: { links: readonly SkipLink[] }) {
  return (
    <nav aria-label="Skip links">
      {links.map(({ target, words }) => (
        <a
          key={target}
          href={`#${target}`}
          className="sr-only z-50 rounded bg-focus px-3 py-2 font-bold text-focus-ink underline focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
          onClick={(event) => {
            // The address stays as it is: it holds the filters, and Back must not step through skips.
            event.preventDefault();
            const element = document.getElementById(target);
            element?.scrollIntoView({ block: 'start' });
            element?.focus({ preventScroll: true });
          }}
        >
          {words}
        </a>
      ))}
    </nav>
  );
}
