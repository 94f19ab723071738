import type { Reader } from '../../access/reader.ts';
import {
  breakGlass,
  fewestOfGlassReason,
  isGlassReason,
  longestGlassReason,
  mendGlass,
} from '../../access/relationship/break-glass.ts';
import { faultOf, groundWords, isDeclaredGround } from '../../access/relationship/grounds.ts';
import { keepDeclaration, revokeDeclarations } from '../../access/relationship/keep.ts';
import { standingDeclaration, standingGround } from '../../access/relationship/standing.ts';
import { auditAct } from '../../audit/audit.ts';
import type { Transaction } from '../../store/database.ts';
import type { Answer } from '../answer.ts';
import { badRequest, FhirError } from '../fhir-error.ts';
import { parametersAnswer, readParameters } from './parameters.ts';
import { requireFresh } from './step-up.ts';

// What a reader does about their own access. Each act and its line in the audit are one transaction.

/** `$declare-relationship` with `ground` and, in the reader's own words, `reason`: kept with its end, two years. */
export async function declareRelationship(sql: Transaction, reader: Reader, body: unknown): Promise<Answer> {
  requireOwnApp(reader);
  if (reader.offers?.declare !== true) {
    throw forbidden('In your role you are shown who the person is; no ground that you state shows you more.');
  }
  const given = readParameters(body, { ground: 'valueCode', reason: 'valueString' });
  const ground = given.get('ground') ?? '';
  if (!isDeclaredGround(ground)) throw badRequest('The parameter ground is to be agrees, cannot or absent.');
  const declared = { ground, reason: given.get('reason') };
  const fault = faultOf(declared);
  if (fault !== undefined) throw badRequest(`${fault}.`);
  await keepDeclaration(sql, reader, declared);
  const actor = { ...reader, reason: groundWords(declared) };
  await auditAct(sql, actor, { action: 'declare-relationship', detail: ground });
  const standing = await standingDeclaration(sql, reader);
  return parametersAnswer([
    { name: 'ground', valueCode: ground },
    standing?.until === undefined ? undefined : { name: 'until', valueDateTime: standing.until },
  ]);
}

/** `$revoke-relationship`: ends what this reader declared about this person, from the next request on. */
export async function revokeRelationship(sql: Transaction, reader: Reader, body: unknown): Promise<Answer> {
  readParameters(body, {});
  const ended = await revokeDeclarations(sql, reader);
  if (ended === 0) throw new FhirError(422, 'business-rule', 'Nothing that you declared about this person stands.');
  // Broken glass shows the record without a ground: who ends theirs means to read no more.
  if ((await standingGround(sql, reader)) === undefined) await mendGlass(sql, reader);
  await auditAct(sql, reader, { action: 'revoke-relationship' });
  return parametersAnswer([{ name: 'ended', valueInteger: ended }]);
}

/**
 * `$break-glass` with a `code` of the short list and `reason`, the reader's own words: the last resort, for this
 * authorization. Only soon after a sign-on or a launch (401 otherwise), only for roles it is there for (403), once (409).
 */
export async function breakTheGlass(sql: Transaction, reader: Reader, body: unknown): Promise<Answer> {
  requireOwnApp(reader);
  if (reader.offers?.breakGlass !== true) throw forbidden('What is withheld cannot be opened in your role.');
  const given = readParameters(body, { code: 'valueCode', reason: 'valueString' });
  const code = given.get('code') ?? '';
  const words = given.get('reason') ?? '';
  if (!isGlassReason(code)) {
    throw badRequest('The parameter code is to be express-consent, vital-interest, overriding-interest or law.');
  }
  if (words.length < fewestOfGlassReason || words.length > longestGlassReason) {
    throw badRequest(
      `Say in your own words why, in ${fewestOfGlassReason} to ${longestGlassReason} characters; the person can read it.`,
    );
  }
  if (reader.access.ground === 'none') {
    throw new FhirError(422, 'business-rule', 'Say first on what ground you look at this record.');
  }
  requireFresh(reader);
  const until = await breakGlass(sql, reader, { code, words });
  if (until === undefined) {
    throw new FhirError(409, 'conflict', 'What is withheld was opened in this visit before. It can be opened once.');
  }
  await auditAct(sql, { ...reader, purpose: 'BTG', reason: words }, { action: 'break-glass', detail: code });
  return parametersAnswer([{ name: 'until', valueDateTime: until }]);
}

/** Throws 403 for an app that is not registered to do this for its reader: nobody would know that they did. */
function requireOwnApp({ offers }: Reader): void {
  if (offers !== undefined) return;
  throw forbidden(
    'This app is not registered to say why you look, or to open what is withheld. Use Care Timeline for it.',
  );
}

function forbidden(words: string): FhirError {
  return new FhirError(403, 'forbidden', words);
}
