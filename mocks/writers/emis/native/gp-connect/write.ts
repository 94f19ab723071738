import { nhsNumberSystem } from '../../../../../fhir/systems.ts';
import { minute } from '../../../../borough/clock.ts';
import type { Borough, Life } from '../../../../borough/truth.ts';
import type { NativeMessage } from '../../../native.ts';
import { writeBookings } from './appointments.ts';
import { type Chart, newChart } from './chart.ts';
import { consultationLists, writeContacts, writeEntered } from './consultations.ts';
import { writeAllergies, writeDocuments, writeImmunisations, writePlans, writeProblems } from './facts.ts';
import { writeReports, writeVitals } from './measurements.ts';
import { writeMedicines } from './medicines.ts';
import { patientOf, practiceOf } from './people.ts';
import { recordLists } from './record-lists.ts';
import { bareGuid, type Stu3 } from './stu3.ts';

/**
 * The borough's practices answering GP Connect: each person's whole record as the practice's system gives it now, and their
 * bookings to come. Of somebody who died it gave one while they lived, and answers since that it does not find them.
 */
export function* writeGpConnectNative(borough: Borough): Iterable<NativeMessage> {
  for (const life of borough.lives) {
    const died = life.person.death;
    const isDead = died !== undefined && died.confirmedBy.includes('emis') && died.at <= borough.now;
    const asAt = isDead ? died.at - minute : borough.now;
    if (life.person.birth > asAt) continue;
    const record = recordOf(life, borough, asAt);
    yield message(record, 'structured record', asAt, bundle('collection', record.resources));
    if (isDead) yield message(record, 'not found', borough.now, notFound(record, life.person.nhsNumber));
    const diary = newChart(life, asAt);
    writeBookings(diary);
    if (diary.resources.length > 0 && !isDead) {
      yield message(
        diary,
        'appointments',
        asAt + minute,
        bundle('searchset', [...diary.resources, ...practiceOf(diary)]),
      );
    }
  }
}

function recordOf(life: Life, borough: Borough, asAt: number): Chart {
  const chart = newChart(life, asAt);
  chart.staff.add(life.person.usualGp);
  writeContacts(chart);
  writeEntered(chart);
  writeProblems(chart);
  writeAllergies(chart);
  writeMedicines(chart);
  writeVitals(chart);
  writeReports(chart);
  writeDocuments(chart);
  writeImmunisations(chart);
  writePlans(chart);
  const consultations = consultationLists(chart);
  chart.resources = [
    ...recordLists(chart),
    patientOf(chart, borough),
    ...consultations,
    ...chart.resources,
    ...practiceOf(chart),
  ];
  return chart;
}

function message(chart: Chart, label: string, at: number, body: Stu3): NativeMessage {
  const subject = chart.patient.toLowerCase();
  return {
    source: 'emis',
    format: 'gp-connect',
    // A trace id, as a request has one; nothing of the person.
    label: `${label} ${bareGuid(`trace ${subject} ${at}`).toLowerCase()}`,
    at,
    subject,
    bytes: Buffer.from(JSON.stringify(body)),
  };
}

function bundle(type: string, resources: readonly Stu3[]): Stu3 {
  return {
    resourceType: 'Bundle',
    meta: { profile: ['https://fhir.nhs.uk/STU3/StructureDefinition/GPConnect-StructuredRecord-Bundle-1'] },
    type,
    entry: resources.map((resource) => ({ resource })),
  };
}

/** The practice's refusal, with whose record it was asked for. */
function notFound(chart: Chart, nhsNumber: string): Stu3 {
  return bundle('collection', [
    { resourceType: 'Patient', id: chart.patient, identifier: [{ system: nhsNumberSystem, value: nhsNumber }] },
    {
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: 'not-found',
          details: {
            coding: [
              { system: 'https://fhir.nhs.uk/STU3/CodeSystem/Spine-ErrorOrWarningCode-1', code: 'PATIENT_NOT_FOUND' },
            ],
          },
        },
      ],
    },
  ]);
}
