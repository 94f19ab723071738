import type { Organisation } from './session.ts';
import { text, type JsonObject } from './shape.ts';

/**
 * The reader's own organisation (ODS code and name) from these two members, or undefined where the code is not said: it
 * decides what is "outside" it, so it is never guessed from the launching system. Without a name the code stands for it.
 */
export function organisationFrom(
  object: JsonObject | undefined,
  codeMember: string,
  nameMember: string,
): Organisation | undefined {
  const code = text(object, codeMember);
  return code === undefined ? undefined : { code, name: text(object, nameMember) ?? code };
}
