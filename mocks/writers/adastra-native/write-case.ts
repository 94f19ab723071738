import { date, dateTime, day, minute } from '../../borough/clock.ts';
import type { Term } from '../../borough/facts.ts';
import { placeOf } from '../../borough/places.ts';
import { professionalOf, spokenName } from '../../borough/professionals.ts';
import type { Borough } from '../../borough/truth.ts';
import { type AdastraCase, endOf } from './cases.ts';
import { element, escaped } from './xml-text.ts';

/** As much as AdastraCaseDataExport.xsd allows a description to have, and a code. */
const longestDescription = 50;
const longestCode = 10;

/** A case as Adastra exports it in the batch of `at` (AdastraCaseDataExport.xsd): what is over by then, and what is known of the rest. */
export function caseDocument(held: AdastraCase, { households }: Borough, at: number): string {
  const { life, calls, visits } = held;
  const { person } = life;
  const first = calls[0] ?? visits[0];
  if (first === undefined) throw new Error('A case without any contact');
  const home = households.find(({ id }) => id === person.household);
  const over = endOf(held) <= at;
  const visit = visits[0];
  const consultations = [
    ...calls.map((call) =>
      consultation(call, { by: 'Health Advisor', place: 'NHS 111 telephone', outcome: call.advice }),
    ),
    ...visits.map((each) => {
      const who = professionalOf(each.staff);
      const place = each.place === 'home' ? 'Home visit' : placeOf('XLCW1-base').name;
      return consultation(each, {
        by: spokenName(who),
        type: 'Doctor',
        place,
        outcome: each.outcome,
        code: each.reason,
      });
    }),
  ];
  const told = [...calls, ...visits].map((event) => (event.end ?? event.start) <= at);
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(
    'adastraCaseDataExport',
    [
      element('adastraCaseReference', held.guid),
      element('adastraCaseNumber', held.number),
      patientOf(held, home),
      element('presentingCondition', element('symptoms', escaped(first.reason.text))),
      coded('priority', 'Adastra', visit === undefined ? ['9', 'No visit needed'] : ['2', 'Within 2 hours']),
      coded('caseType', 'Adastra', caseTypeOf(visit?.place)),
      element('caseStatus', over ? 'COMPLETE' : 'TRIAGE'),
      element('activeDate', localTime(first.start)),
      over ? element('completedDate', localTime(endOf(held) + 2 * minute)) : '',
      element('callerPhone', element('number', escaped(person.phone.slice(0, 15)))),
      visit?.place === 'base' ? appointment(visit.start, visit.start <= at) : '',
      ...consultations.filter((_, index) => told[index]),
      ...life.warnings
        .filter(
          ({ tellers, from, until }) =>
            tellers.includes('adastra') && from <= at && (until === undefined || until > at),
        )
        .map(({ text, until }) =>
          element('specialNote', element('reviewDate', date(until ?? at + 730 * day)) + element('text', escaped(text))),
        ),
    ].join('\n'),
    { xmlns: 'http://www.adastra.com/dataExport' },
  )}\n`;
}

function patientOf({ life: { person }, habits }: AdastraCase, home: Borough['households'][number] | undefined): string {
  const [name] = person.namesIn.adastra ?? person.names;
  const cased = (words: string) => escaped(habits.loud ? words.toUpperCase() : words);
  const confirmed = (person.verification.adastra ?? '01') === '01';
  return element(
    'patient',
    [
      element('firstName', cased(name?.given.join(' ').slice(0, 50) ?? '')),
      element('lastName', cased(name?.family.slice(0, 50) ?? '')),
      element('dateOfBirth', element('dobValue', date(person.birth)), {
        dataOfBirthType: habits.ageOnly ? 'AgeOnly' : 'Exact',
      }),
      element('gender', { male: 'Male', female: 'Female', other: 'Unknown' }[person.gender]),
      habits.withoutNumber
        ? ''
        : element('nationalNumber', element('number', person.nhsNumber), {
            nationalNumberStatus: confirmed ? 'Confirmed' : 'Unconfirmed',
          }),
      home === undefined
        ? ''
        : element(
            'address',
            element('line1', escaped(home.line)) +
              ['line2', 'locality'].map((line) => element(line, '')).join('') +
              element('town', 'London') +
              element('county', '') +
              element('postcode', home.postcode),
            { addressType: 'Home' },
          ),
      element('phone', element('number', escaped(person.phone.slice(0, 15))), { numberType: 'Mobile' }),
      element(
        'gpRegistration',
        element('registrationStatus', 'Registered') + element('surgeryNationalCode', person.practice),
      ),
    ].join(''),
  );
}

interface Consulted {
  by: string;
  type?: string;
  place: string;
  outcome: string;
  code?: Term;
}

function consultation(
  { start, end, reason }: { start: number; end?: number; reason: Term },
  { by, type, place, outcome, code }: Consulted,
): string {
  return element(
    'consultation',
    [
      element('startTime', localTime(start)),
      element('endTime', localTime(end ?? start)),
      element(
        'consultationBy',
        element('name', escaped(by.slice(0, 50))),
        type === undefined ? {} : { providerType: type },
      ),
      element('location', escaped(place.slice(0, 50))),
      element('summary', escaped(`${reason.text}.\n${outcome}.`)),
      coded('eventOutcome', 'Adastra', ['OUT', outcome]),
      // A code that is longer than the schema allows is not sent.
      code?.code === undefined || code.code.length > longestCode
        ? ''
        : coded('clinicalCode', 'SNOMED CT', [code.code, code.text]),
    ].join(''),
  );
}

function coded(name: string, scheme: string, [code, words]: readonly [string, string]): string {
  const content = element('code', code) + element('description', escaped(words.slice(0, longestDescription)));
  return element(name, content, { codeScheme: scheme });
}

function caseTypeOf(place: 'base' | 'home' | undefined): readonly [string, string] {
  if (place === undefined) return ['ADV', 'NHS 111 advice'];
  return place === 'base' ? ['BASE', 'Base appointment'] : ['VISIT', 'Home visit'];
}

function appointment(start: number, arrived: boolean): string {
  return element(
    'latestAppointment',
    element('appointmentTime', localTime(start)) +
      element('location', escaped(placeOf('XLCW1-base').name.slice(0, 50))) +
      element('status', arrived ? 'Arrived' : 'None'),
  );
}

/** A wall-clock time without its zone, as Adastra writes it. */
function localTime(at: number): string {
  return dateTime(at).slice(0, 19);
}
