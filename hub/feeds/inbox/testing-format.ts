import type { FhirResource } from 'fhir/r4';
import { UnusableMessage, type Format, type Piece, type RecordLink } from '../format.ts';

/** A line of the test's own format: what one message says. */
export interface TestMessage {
  pieces?: (Omit<Piece, 'content'> & { resources: FhirResource[] })[];
  links?: RecordLink[];
  unusable?: string;
}

/** The simplest format there can be: pieces as JSON, a scope comes to the resources of all its pieces. */
export function testFormat(mapped: (resource: FhirResource) => FhirResource = (resource) => resource): Format {
  return {
    name: 'hl7-v2',
    subjectOf: () => undefined,
    sort({ bytes }) {
      const { pieces = [], links = [], unusable } = JSON.parse(new TextDecoder().decode(bytes)) as TestMessage;
      if (unusable !== undefined) throw new UnusableMessage(unusable);
      return {
        pieces: pieces.map(({ resources, ...piece }) => ({ ...piece, content: JSON.stringify(resources) })),
        links,
        doubts: [],
      };
    },
    tell: ({ subject }, pieces) =>
      Promise.resolve({
        resources: pieces
          .flatMap(({ content }) => JSON.parse(content) as FhirResource[])
          .map((resource) => mapped(aboutSubject(resource, subject))),
        doubts: [],
      }),
  };
}

/** A visit is its record's, under whichever number it is told. */
function aboutSubject(resource: FhirResource, subject: string): FhirResource {
  if (resource.resourceType !== 'Encounter') return resource;
  return { ...resource, subject: { reference: `Patient/${subject}` } };
}
