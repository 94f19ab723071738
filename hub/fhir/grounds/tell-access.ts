import { someWithheld } from '../../access/gate.ts';
import type { Reader } from '../../access/reader.ts';
import { brokenGlass } from '../../access/relationship/break-glass.ts';
import { standingDeclaration, standingGround } from '../../access/relationship/standing.ts';
import type { Sql } from '../../store/database.ts';
import type { Answer } from '../answer.ts';
import { parametersAnswer } from './parameters.ts';
import { freshUntil } from './step-up.ts';

/**
 * `Patient/[id]/$access`: on what ground this reader reads, since and until when, whether they may end it, whether the
 * glass is broken, whether anything is withheld (`some` or `none`, never more), and what they can do to be given more.
 */
export async function tellAccess(sql: Sql, reader: Reader): Promise<Answer> {
  const { ground, onlyTypes } = reader.access;
  const standing = await standingGround(sql, reader);
  // What was decided for this request counts; the row tells since when.
  const told = standing?.ground === ground ? standing : undefined;
  const [declared, broken, withheld] = await Promise.all([
    standingDeclaration(sql, reader),
    brokenGlass(sql, reader),
    someWithheld(sql, reader),
  ]);
  return parametersAnswer([
    { name: 'ground', valueCode: ground },
    told && { name: 'since', valueDateTime: told.since },
    told?.until === undefined ? undefined : { name: 'until', valueDateTime: told.until },
    told?.reason === undefined ? undefined : { name: 'reason', valueString: told.reason },
    { name: 'revocable', valueBoolean: declared !== undefined && ground === declared.ground },
    // Of a record that is kept from this reader, who the person is.
    { name: 'shows', valueCode: onlyTypes === undefined ? 'record' : 'person' },
    { name: 'withheld', valueCode: withheld ? 'some' : 'none' },
    reader.access.brokeGlass && broken !== undefined
      ? {
          name: 'brokeGlass',
          part: [
            { name: 'since', valueDateTime: broken.since },
            { name: 'until', valueDateTime: broken.until },
          ],
        }
      : undefined,
    { name: 'mayDeclare', valueBoolean: reader.offers?.declare === true },
    reader.offers?.breakGlass === true && broken === undefined
      ? {
          name: 'mayBreakGlass',
          part: [
            { name: 'until', valueDateTime: new Date(freshUntil(reader)).toISOString() },
            // A launch is made anew in its system; a sign-on is made anew here.
            { name: 'again', valueCode: reader.from === 'intranet' ? 'sign-on' : 'launch' },
          ],
        }
      : undefined,
  ]);
}
