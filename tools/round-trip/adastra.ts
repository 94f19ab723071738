import type { Encounter, FhirResource, Patient } from 'fhir/r4';
import { adastraCase } from '../../hub/feeds/adastra/case-format.ts';
import { nhs111Report } from '../../hub/feeds/adastra/report-format.ts';
import type { Format, KeptPiece, Piece } from '../../hub/feeds/format.ts';
import { demographicsOf } from '../../hub/people/demographics.ts';
import { date, dateTime } from '../../mocks/borough/clock.ts';
import { placeOf } from '../../mocks/borough/places.ts';
import { professionalOf, spokenName } from '../../mocks/borough/professionals.ts';
import type { Borough } from '../../mocks/borough/truth.ts';
import { type AdastraCase, casesOf } from '../../mocks/writers/adastra-native/cases.ts';
import { writeAdastraNative } from '../../mocks/writers/adastra-native/write-adastra-native.ts';

/** One thing that is true, and whether the hub comes to hold it. */
export interface Compared {
  /** `call: start`. */
  item: string;
  /** Why it is lost or otherwise; undefined where the hub holds what is true. */
  lost: string | undefined;
}

/** Everything of a borough that Adastra tells, told natively, read by the hub, and compared with the truth item by item. */
export async function adastraRoundTrip(
  borough: Borough,
): Promise<{ compared: Compared[]; doubts: string[]; messages: number }> {
  const messages = [...writeAdastraNative(borough)];
  const { bySubject, doubts } = await toldOf(messages);
  const sent = new Set(messages.map(({ subject }) => subject));
  const compared = borough.lives.flatMap((life) => [
    ...casesOf(life)
      .filter(({ guid }) => sent.has(guid))
      .flatMap((held) => compareCase(held, bySubject.get(held.guid) ?? [])),
    ...compareNotes(borough, life, bySubject),
  ]);
  return { compared, doubts, messages: messages.length };
}

/** What every message comes to, by its case. The inbox keeps of one name the piece that was said last. */
async function toldOf(messages: Iterable<ReturnType<typeof writeAdastraNative> extends Iterable<infer M> ? M : never>) {
  const formats: Record<string, Format> = { [adastraCase.name]: adastraCase, [nhs111Report.name]: nhs111Report };
  const kept = new Map<string, Piece & { seq: number; at: string }>();
  const doubts: string[] = [];
  let seq = 0;
  for (const { format, label, at, bytes } of messages) {
    const reader = formats[format];
    if (reader === undefined) throw new Error(`No reader for ${format}`);
    seq += 1;
    const receivedAt = new Date(at).toISOString();
    const sorted = reader.sort({
      seq,
      source: 'adastra',
      organisation: 'XLCW1',
      format: reader.name,
      label,
      receivedAt,
      bytes,
    });
    doubts.push(...sorted.doubts);
    for (const piece of sorted.pieces) {
      const key = JSON.stringify([piece.subject, piece.scope, piece.name]);
      const said = { ...piece, seq, at: piece.at ?? receivedAt };
      if ((kept.get(key)?.at ?? '') <= said.at) kept.set(key, said);
    }
  }
  const shared = (scope: string, names: readonly string[]) =>
    Promise.resolve(
      new Map(
        names.flatMap((name) => {
          const piece = kept.get(JSON.stringify(['', scope, name]));
          return piece === undefined ? [] : [[name, piece.content] as const];
        }),
      ),
    );
  const bySubject = new Map<string, FhirResource[]>();
  for (const [subject, pieces] of Map.groupBy([...kept.values()], (piece) => piece.subject)) {
    if (subject === '') continue;
    const ordered: KeptPiece[] = pieces.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq));
    const told = await adastraCase.tell(
      { source: 'adastra', organisation: 'XLCW1', subject, scope: 'case' },
      ordered,
      shared,
    );
    bySubject.set(subject, told.resources);
    doubts.push(...told.doubts);
  }
  return { bySubject, doubts };
}

function compareCase(held: AdastraCase, resources: readonly FhirResource[]): Compared[] {
  const encounters = resources.filter((resource) => resource.resourceType === 'Encounter');
  const patient = resources.find((resource) => resource.resourceType === 'Patient');
  const documents = resources.filter((resource) => resource.resourceType === 'DocumentReference');
  const words = documents
    .map(({ content }) => Buffer.from(content[0]?.attachment.data ?? '', 'base64').toString('utf8'))
    .join(' ');
  const call = encounters.find(({ id }) => id === `${held.guid}-call`);
  return [
    ...comparePatient(held, patient),
    ...held.calls.flatMap((event) =>
      compareContact('call', event, encounters, { class: '111', words, outcome: event.advice }),
    ),
    ...held.visits.flatMap((event) => {
      const told = at(encounters, event.start);
      return [
        ...compareContact('visit', event, encounters, {
          class: event.place === 'home' ? 'HH' : 'AMB',
          words,
          outcome: event.outcome,
        }),
        same('visit: belongs to its call', `Encounter/${call?.id ?? ''}`, told?.partOf?.reference),
        same('visit: who', spokenName(professionalOf(event.staff)), told?.participant?.[0]?.individual?.display),
        same(
          'visit: where',
          event.place === 'home' ? "Person's home" : placeOf('XLCW1-base').name,
          told?.location?.[0]?.location.display,
        ),
      ];
    }),
    {
      item: 'case: nothing that did not happen',
      lost: encounters.length === held.calls.length + held.visits.length ? undefined : 'another number of contacts',
    },
  ];
}

function comparePatient({ life: { person }, habits }: AdastraCase, patient: Patient | undefined): Compared[] {
  const told = patient === undefined ? undefined : demographicsOf(patient);
  const status = person.verification.adastra ?? '01';
  const [name] = person.namesIn.adastra ?? person.names;
  return [
    habits.withoutNumber
      ? { item: 'person: NHS number', lost: 'habit: case taken without a number' }
      : same('person: NHS number', person.nhsNumber, told?.nhsNumber),
    habits.withoutNumber
      ? { item: 'person: how sure the number is', lost: 'habit: case taken without a number' }
      : same('person: how sure the number is', status, told?.verification),
    habits.ageOnly
      ? { item: 'person: birth date', lost: 'habit: only an age was asked for' }
      : same('person: birth date', date(person.birth), told?.birthDate),
    same('person: family name', name?.family.toLowerCase(), patient?.name?.[0]?.family?.toLowerCase()),
    ...(person.ethnicity === 'Z'
      ? []
      : [{ item: 'person: ethnicity', lost: 'format: neither the export nor the report has it' }]),
    ...(person.names.length > 1 ? [{ item: 'person: other names', lost: 'format: one name a case' }] : []),
  ];
}

interface Expected {
  class: string;
  outcome: string;
  /** The text of every document of the case. */
  words: string;
}

function compareContact(
  kind: 'call' | 'visit',
  event: AdastraCase['calls'][number] | AdastraCase['visits'][number],
  encounters: readonly Encounter[],
  expected: Expected,
): Compared[] {
  const told = at(encounters, event.start);
  const codes = told?.reasonCode?.flatMap(({ coding }) => coding?.map(({ code }) => code) ?? []) ?? [];
  const { code } = event.reason;
  const outcome = told?.extension?.[0]?.valueCodeableConcept?.text;
  return [
    same(`${kind}: start`, dateTime(event.start), told?.period?.start),
    same(`${kind}: end`, event.end === undefined ? undefined : dateTime(event.end), told?.period?.end),
    same(`${kind}: class`, expected.class, told?.class.code),
    same(
      `${kind}: case number`,
      `XLCW1-${event.caseNumber}`,
      told?.identifier?.find(({ system }) => system?.includes('case'))?.value,
    ),
    same(`${kind}: reason in words`, event.reason.text, told?.reasonCode?.[0]?.text),
    ...(code === undefined
      ? []
      : [
          {
            item: `${kind}: reason as a code`,
            lost: codes.includes(code)
              ? undefined
              : kind === 'call'
                ? 'format: a call is not coded'
                : code.length > 10
                  ? 'format: a code has ten characters at most'
                  : 'lost',
          },
        ]),
    {
      item: `${kind}: outcome`,
      lost:
        outcome === expected.outcome ||
        (outcome !== undefined && expected.outcome.startsWith(outcome) && expected.words.includes(expected.outcome))
          ? undefined
          : 'lost',
    },
    {
      item: `${kind}: labels`,
      lost: (event.labels ?? []).length === 0 || told?.meta?.security !== undefined ? undefined : 'lost',
    },
  ];
}

function compareNotes(
  borough: Borough,
  life: Borough['lives'][number],
  bySubject: ReadonlyMap<string, readonly FhirResource[]>,
): Compared[] {
  const flags = casesOf(life).flatMap(({ guid }) =>
    (bySubject.get(guid) ?? []).filter((resource) => resource.resourceType === 'Flag'),
  );
  return life.warnings
    .filter(({ tellers, from }) => tellers.includes('adastra') && from <= borough.now)
    .map(({ text, from }) => {
      const told = flags.some((flag) => flag.code.text === text && flag.status === 'active');
      const later = casesOf(life).some(({ calls }) => calls.some(({ start }) => start >= from));
      return {
        item: 'special note',
        lost: told ? undefined : later ? 'lost' : 'format: a note travels with a case, and there was none since',
      };
    });
}

function at(encounters: readonly Encounter[], start: number): Encounter | undefined {
  return encounters.find(({ period }) => period?.start === dateTime(start));
}

function same(item: string, truth: string | undefined, told: string | undefined): Compared {
  if (truth === told) return { item, lost: undefined };
  if (told === undefined) return { item, lost: 'lost' };
  const sameClock = /T/.test(told) && truth?.slice(0, 19) === told.slice(0, 19);
  return { item, lost: sameClock ? 'format: a clock without its zone, in the hour that repeats' : 'told otherwise' };
}

/** The comparison in lines: each item, how often it is told as it is true, and why not where it is not. */
export function roundTripLines(compared: readonly Compared[]): string[] {
  return [...Map.groupBy(compared, ({ item }) => item)].map(([item, all]) => {
    const lost = Map.groupBy(
      all.filter((each) => each.lost !== undefined),
      (each) => each.lost,
    );
    const why = [...lost].map(([reason, each]) => `${each.length} ${reason}`).join('; ');
    const kept = all.filter((each) => each.lost === undefined).length;
    return `${item}: ${kept} of ${all.length}${why === '' ? '' : ` (${why})`}`;
  });
}
