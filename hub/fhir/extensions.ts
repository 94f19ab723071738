// How a source's state travels in FHIR: extensions on OperationOutcome issues and on Endpoints (design.md, sources).

const base = 'https://care-timeline.example/fhir/StructureDefinition';

/** valueCode: the source's id. */
export const sourceExtension = `${base}/source`;
/** valueString: what the source is called on the page. */
export const nameExtension = `${base}/name`;
/** valueCode: `ok`, `late`, `failed`, `partial`, `not-connected`. */
export const statusExtension = `${base}/status`;
/** valueDateTime: what the source has told up to then is here. */
export const asAtExtension = `${base}/as-at`;
/** valueDateTime: it has been so since then. */
export const sinceExtension = `${base}/since`;
/** valueDate: nothing older was sent. */
export const startsFromExtension = `${base}/starts-from`;
