/**
 * Loads the page again on the session that stands: what this reader may see has changed, and nothing that was read before
 * is to stay in it, nor to be compared with what is read now.
 */
export function loadAgain(): void {
  window.location.reload();
}
