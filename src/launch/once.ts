/** The work, done at most once: every later call gets the first one's promise. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let first: Promise<T> | undefined;
  return () => (first ??= work());
}
