/** The name of a source's patient record in the store: what merging and unmerging moves. */
export function originOf(source: string, localId: string): string {
  return `${source}|${localId}`;
}
