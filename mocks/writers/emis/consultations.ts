import type { GpContact } from '../../borough/happenings.ts';
import { classOf, concept, ukCore } from '../codes.ts';
import { encounterOf, outcomeInWords, reasonOf } from '../encounter.ts';
import { organisationReference, placeReference, type Pen } from '../pen.ts';
import { enteredFromLetter, isReported } from './entered.ts';

const modes: Record<GpContact['mode'], { type: string; class: 'AMB' | 'VR' | 'HH' }> = {
  surgery: { type: 'GP surgery consultation', class: 'AMB' },
  nurse: { type: 'Practice nurse consultation', class: 'AMB' },
  phone: { type: 'Telephone consultation', class: 'VR' },
  video: { type: 'Video consultation', class: 'VR' },
  home: { type: 'Home visit', class: 'HH' },
  online: { type: 'Online consultation', class: 'VR' },
};

const gpService = ukCore('PracticeSettingCode', '600', 'General Medical Practice');

/** Contacts with the practice. EMIS names their kind in words only; what came of it is the outcome the clinician chose. */
export function writeConsultations(pen: Pen): void {
  for (const contact of pen.life.happenings) {
    if (contact.kind !== 'gp' || contact.start > pen.asAt) continue;
    const mode = modes[contact.mode];
    pen.add({
      ...encounterOf(pen, contact, { class: classOf(mode.class), type: [{ text: mode.type }], staff: contact.staff }),
      serviceType: gpService,
      reasonCode: reasonOf(contact, [concept(contact.reason)]),
      location:
        contact.mode === 'surgery' || contact.mode === 'nurse'
          ? [{ location: placeReference(`${contact.practice}-surgery`) }]
          : undefined,
      serviceProvider: organisationReference(contact.practice),
      extension: contact.outcome === undefined ? undefined : [outcomeInWords(contact.outcome)],
    });
  }
}

/**
 * What others did that the practice's staff entered from a letter: EMIS calls it `Externally Entered`. The times are what they
 * typed; the visit number only where the letter quoted it.
 */
export function writeExternallyEntered(pen: Pen): void {
  for (const letter of pen.life.happenings) {
    if (
      letter.kind !== 'letter' ||
      letter.filed?.entry === undefined ||
      letter.filed.at > pen.asAt ||
      !letter.tellers.includes('emis')
    )
      continue;
    const event = pen.life.happenings.find(({ id }) => id === letter.about);
    if (isReported(event)) pen.add(enteredFromLetter(pen, event, letter.filed.entry));
  }
}
