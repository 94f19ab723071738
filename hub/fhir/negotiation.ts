import { badRequest, FhirError } from './fhir-error.ts';

export const fhirJson = 'application/fhir+json; charset=utf-8';

const json = new Set(['application/fhir+json', 'application/json', 'text/json', 'application/*', 'text/*', '*/*']);
const formats = new Set(['json', 'application/json', 'application/fhir+json', 'text/json']);

/** Throws 406 when the client takes no JSON, or only another FHIR version (R4 RESTful API, content types). */
export function checkAccept(accept: string | undefined): void {
  if (accept === undefined || accept.trim() === '') return;
  const takes = accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const version = parameters.find((parameter) => parameter.startsWith('fhirversion='));
    const refused = parameters.some((parameter) => /^q=0(\.0{1,3})?$/.test(parameter));
    return json.has(type) && !refused && (version === undefined || version === 'fhirversion=4.0');
  });
  if (!takes) throw new FhirError(406, 'not-supported', 'This server answers in application/fhir+json, FHIR 4.0.');
}

/** `_format` wins over Accept (R4): throws 406 when it is not JSON, 400 when it is repeated. */
export function checkFormat(given: [string, string][]): void {
  const values = given.filter(([name]) => name === '_format').map(([, value]) => value);
  if (values.length > 1) throw badRequest('The parameter _format is given more than once.');
  const [value] = values;
  // An unescaped + of application/fhir+json arrives as a space.
  if (value !== undefined && !formats.has(value.toLowerCase().replace(' ', '+').split(';')[0] ?? '')) {
    throw new FhirError(406, 'not-supported', 'The only _format is json.');
  }
}

/** The media type of a request body, in lower case and without parameters. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
