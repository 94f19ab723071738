/** What a row has said already is not said again: these help its second line to say each fact once. */

/**
 * A place as it follows a title: `Cardiology clinic, University College Hospital` under `Outpatient: cardiology` is
 * `University College Hospital`. A place that the title does not name stays whole.
 */
export function placeUnder(title: string, place: string): string {
  const [first = '', ...site] = place.split(', ');
  const core = first
    .toLowerCase()
    .replace(/ (?:clinic|department|service)$/, '')
    .trim();
  return site.length > 0 && core !== '' && title.toLowerCase().includes(core) ? site.join(', ') : place;
}

/** Whether a place names the site it is part of (`Coyle ward, Whittington Hospital`), so that the trust adds nothing. */
export function namesSite(place: string): boolean {
  return place.includes(', ');
}

const channels = new Set(['in person', 'phone', 'video', 'online', 'at home', 'phone or video']);

/** The facts that nothing in the second line says already; how a contact was held counts as said within other words. */
export function notYetSaid(facts: readonly string[], detail: readonly string[]): string[] {
  const said = detail.map((phrase) => phrase.toLowerCase());
  return facts.filter((fact) => {
    const words = fact.toLowerCase();
    return !said.some((phrase) => phrase === words || (channels.has(words) && phrase.includes(words)));
  });
}
