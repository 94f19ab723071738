/** The name of a source's patient record in the store: what merging and unmerging moves. */
export function originOf(source: string, localId: string): string {
  return `${source}|${localId}`;
}

/** The origin of what is left where a row was withdrawn: no patient record's, so that merging never moves it. */
export const withdrawnOrigin = originOf('hub', 'withdrawn');
