import type { Row } from './cld-columns.ts';
import type { ExtensionPerson } from './extension-schema.ts';
import { extensionOf, type Extension } from './extension.ts';
import { isAboutAnother, isLater, latest, type Standing } from './fold.ts';
import { personOf } from './returned-person.ts';

/** Whose record it is, and what of both feeds is about them. */
export interface Who {
  /** The council's code. */
  council: string;
  /** As last stated; undefined where only items of the extension are known. */
  now: ExtensionPerson | undefined;
  /** As the other feed stated it before. */
  before: ExtensionPerson | undefined;
  lines: readonly Standing[];
  extension: Extension;
}

/**
 * Who the person is by the later of both feeds. Lines that name somebody else, and an extension that does, are left out
 * with a doubt (wrong patient): a number given twice must not mix two lives. Undefined where nothing was said.
 */
export function whoIs(
  all: readonly Standing[],
  standing: readonly Standing[],
  extension: Extension,
  doubts: Set<string>,
): Who | undefined {
  const line = latest(standing) ?? latest(all);
  const stated = extension.person;
  const council = stated?.council ?? line?.row.council ?? extension.council;
  if (council === undefined) return undefined;
  const returned = line === undefined ? undefined : personOf(line.row, doubts);
  const isExtension = stated !== undefined && (line === undefined || !isLater(line.piece, stated.piece));
  const [now, other] = isExtension ? [stated.value, returned] : [returned, stated?.value];
  const another = (row: Row): boolean => now !== undefined && isAboutAnother(row, identityOf(now));
  const lines = standing.filter(({ row }) => !another(row));
  if (lines.length < standing.length) doubts.add(strangersLines);
  const before = other === undefined || another(identityOf(other)) ? undefined : other;
  const isStranger = !isExtension && other !== undefined && before === undefined;
  if (isStranger) doubts.add(strangersExtension);
  return { council, now, before, lines, extension: isStranger ? extensionOf([]) : extension };
}

const strangersLines =
  'Lines under this person’s number name somebody else (two of NHS number, birth date and first name): not told.';
const strangersExtension =
  'The extension and the return name different people under one number: the later one is told.';

function identityOf({ nhsNumber, birthDate, names }: ExtensionPerson): Row {
  return { nhsNumber, birth: birthDate, firstName: names[0]?.given?.join(' ') };
}
