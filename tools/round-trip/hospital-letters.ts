import type { Binary, DocumentReference, FhirResource } from 'fhir/r4';
import { dateTime } from '../../mocks/borough/clock.ts';
import type { Letter } from '../../mocks/borough/happenings.ts';
import { organisationOf } from '../../mocks/borough/places.ts';
import { professionalOf, spokenName } from '../../mocks/borough/professionals.ts';
import { plainOf, written } from '../../mocks/writers/letters.ts';
import { habitsOf } from '../../mocks/writers/hospital/native/habits.ts';
import { visitNumberOf, type Hand } from '../../mocks/writers/hospital/native/hand.ts';
import type { Compared } from './adastra.ts';
import { labelsTold, sameAs } from './hospital-same.ts';

/** Every letter this hospital holds of a person against what the hub holds of it, to the last byte of its file. */
export function compareLetters(hand: Hand, resources: readonly FhirResource[]): Compared[] {
  const told = resources.filter((each): each is DocumentReference => each.resourceType === 'DocumentReference');
  const files = resources.filter((each): each is Binary => each.resourceType === 'Binary');
  const letters = hand.life.happenings.filter(
    (each): each is Letter =>
      each.kind === 'letter' && each.tellers.includes(habitsOf(hand.hospital).source) && each.start <= hand.asAt,
  );
  return [
    ...letters.flatMap((letter) => compareLetter(letter, hand, told, files)),
    {
      item: 'letter: none that was never written',
      lost: told.length === letters.length ? undefined : 'another number of letters',
    },
  ];
}

function compareLetter(
  letter: Letter,
  hand: Hand,
  all: readonly DocumentReference[],
  files: readonly Binary[],
): Compared[] {
  const told = all.find(({ masterIdentifier }) => masterIdentifier?.value === `${hand.hospital}-${letter.id}`);
  const attachment = told?.content[0]?.attachment;
  const data = attachment?.data ?? files.find(({ id }) => attachment?.url === `Binary/${id ?? ''}`)?.data;
  const original =
    letter.form === undefined ? Buffer.from(plainOf(letter)) : Buffer.from(written(letter, letter.form).bytes);
  const type = letter.form === undefined ? 'text/plain; charset=utf-8' : written(letter, letter.form).contentType;
  const visit = visitNumberOf(hand, letter.about);
  const about = hand.life.happenings.find(({ id }) => id === letter.about);
  return [
    sameAs('letter: title', letter.title, told?.description),
    sameAs('letter: written', dateTime(letter.start), told?.date),
    sameAs('letter: by whom', spokenName(professionalOf(letter.author)), told?.author?.[0]?.display),
    sameAs('letter: kept by', organisationOf(hand.hospital).name, told?.custodian?.display),
    sameAs('letter: signed', letter.start + 120_000 <= hand.asAt ? 'final' : told?.docStatus, told?.docStatus),
    sameAs('letter: kind of file', type, attachment?.contentType),
    sameAs('letter: every byte', original.toString('base64'), data),
    sameAs(
      'letter: its visit',
      visit === '' ? undefined : `Encounter/${hand.mrn}-visit-${visit}`,
      told?.context?.encounter?.[0]?.reference,
    ),
    sameAs(
      'letter: when that was',
      about === undefined ? undefined : dateTime(about.start),
      told?.context?.period?.start,
    ),
    labelsTold('letter: labels', letter.labels, told),
  ];
}
