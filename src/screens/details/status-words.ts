import { text } from '../../timeline/read.ts';
import { capital } from '../../timeline/words.ts';

/** FHIR's status codes that are no words, or not the words anybody would use. */
const words: Record<string, string> = {
  noshow: 'Did not attend',
  fulfilled: 'Kept',
  onhold: 'On hold',
  onleave: 'On leave',
  superseded: 'Replaced by a newer version',
  waitlist: 'On a waiting list',
  revoked: 'Stopped by its writer',
  unknown: 'Not known',
  'in-progress': 'In progress when sent',
  'checked-in': 'Arrived',
};

/** A FHIR status as a reader would say it (`entered-in-error` becomes `Entered in error`); undefined when none was sent. */
export function statusWords(status: unknown): string | undefined {
  const code = text(status);
  return code === undefined ? undefined : (words[code] ?? capital(code.replaceAll('-', ' ')));
}
