/**
 * A message as an operator may look at it: its shape, never what it says of anybody. Letters become x and digits 9, but for
 * what the format itself says: names of segments, elements, properties and columns, and the header of an HL7 message.
 */
export function masked(bytes: Uint8Array, format: string): string {
  const text = new TextDecoder().decode(bytes.subarray(0, most));
  const cut = bytes.length > most ? `\n… ${bytes.length - most} bytes more` : '';
  return shapeOf(text, format) + cut;
}

/** Bytes shown. */
const most = 64 * 1024;

function shapeOf(text: string, format: string): string {
  switch (format) {
    case 'hl7-v2':
      return text
        .split(/\r\n?|\n/)
        .map((segment) => (segment.startsWith('MSH') ? segment : segment.slice(0, 3) + hidden(segment.slice(3))))
        .join('\n');
    case 'gp-connect':
    case 'social-care-extension':
      // A property's name is followed by a colon; every other text is somebody's.
      return text.replaceAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[-\d.]+/g, (whole, _text, colon: string | undefined) =>
        colon === undefined ? hidden(whole) : whole,
      );
    case 'adastra-case':
    case 'nhs-111-cda':
      return text.replaceAll(/<[^>]*>|[^<]+/g, (part) =>
        part.startsWith('<') ? part.replaceAll(/=\s*("[^"]*"|'[^']*')/g, (value) => hidden(value)) : hidden(part),
      );
    default: {
      const [header = '', ...rows] = text.split('\n');
      return [header, ...rows.map(hidden)].join('\n');
    }
  }
}

function hidden(text: string): string {
  return text.replaceAll(/\p{L}/gu, 'x').replaceAll(/\p{N}/gu, '9');
}
