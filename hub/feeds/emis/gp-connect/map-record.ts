import { hash } from 'node:crypto';
import type { FhirResource } from 'fhir/r4';
import { asJson, type JsonObject, typeOf, withoutUndefined } from '../../../resource/json.ts';
import { Account, type Fate } from './account.ts';
import { allergy } from './allergy.ts';
import { appointment } from './appointment.ts';
import { condition } from './condition.ts';
import { consultationOf, reasonsOf } from './consultation.ts';
import { consultationNotes } from './consultation-notes.ts';
import { diagnosticReport, specimen } from './diagnostic-report.ts';
import { binary, documentReference } from './document.ts';
import { encounter } from './encounter.ts';
import { immunization } from './immunization.ts';
import { ownKey } from './keys.ts';
import { consultationPart } from './list-codes.ts';
import { list, notice } from './lists.ts';
import { medicationRequest } from './medication-request.ts';
import { medicationStatement } from './medication-statement.ts';
import { observation } from './observation.ts';
import { derivedId } from './own-ids.ts';
import { ownerTest } from './owner.ts';
import { patient } from './patient.ts';
import { healthcareService, location, organization, practitioner, practitionerRole } from './people.ts';
import { questionnaireResponse } from './questionnaire-response.ts';
import { readingOf, type Reading } from './reading.ts';
import { type Parts, partsOfRecord } from './record-parts.ts';
import { refusalCodes } from './refusal.ts';
import { securityOf } from './security.ts';
import { diaryEntry, referral } from './service-request.ts';

type Mapper = (sent: JsonObject, reading: Reading) => FhirResource;

const mappers: Record<string, Mapper> = {
  Patient: patient,
  Practitioner: practitioner,
  PractitionerRole: practitionerRole,
  Organization: organization,
  Location: location,
  HealthcareService: healthcareService,
  Condition: condition,
  AllergyIntolerance: allergy,
  MedicationStatement: medicationStatement,
  MedicationRequest: medicationRequest,
  Immunization: immunization,
  DiagnosticReport: diagnosticReport,
  Specimen: specimen,
  ReferralRequest: referral,
  ProcedureRequest: diaryEntry,
  DocumentReference: documentReference,
  Binary: binary,
  QuestionnaireResponse: questionnaireResponse,
  Appointment: appointment,
};

/** A practice's record in R4 (UK Core), with what became of each of its resources. */
export interface MappedRecord {
  resources: FhirResource[];
  doubts: string[];
  account: Account;
}

/**
 * Puts everything that a practice's system sent of one person into FHIR R4.
 * @param subject the person's id as told
 * @param organisation ODS code of the practice
 */
export function mapRecord(sent: readonly JsonObject[], subject: string, organisation: string): MappedRecord {
  const doubts: string[] = [];
  const account = new Account();
  const whose = ownerTest(sent);
  const own = sent.filter((one) => {
    if (whose(one)) return true;
    account.add(one, { left: 'names another person' });
    doubts.push(`A resource of type ${typeOf(one)} names another person and was left out.`);
    return false;
  });
  // What names another person is not even quoted.
  const reading = readingOf(own, subject, organisation, doubts);
  const consultations = own
    .filter((one) => consultationPart(one) === 'consultation')
    .map((one) => consultationOf(one, reading));
  const told = new Map<string, FhirResource>();
  const tell = (resource: FhirResource, from: JsonObject | undefined, fate: Fate) => {
    const security = from === undefined ? undefined : securityOf(from);
    const labels = [...(resource.meta?.security ?? []), ...(security ?? [])];
    const labelled = security === undefined ? resource : { ...resource, meta: { ...resource.meta, security: labels } };
    const whole = withoutUndefined(asJson(labelled)) as unknown as FhirResource;
    const before = told.get(nameOf(whole));
    const content = JSON.stringify(whole);
    if (before !== undefined && JSON.stringify(before) !== content) {
      // Two lists of one code, or one id twice: neither is lost.
      const other = { ...whole, id: derivedId(whole.id ?? '', hash('sha256', content, 'hex').slice(0, 12)) };
      told.set(nameOf(other), other);
    } else told.set(nameOf(whole), whole);
    if (from !== undefined) account.add(from, fate);
  };
  const parts = partsOfRecord(own, consultations);
  for (const one of own) {
    const { resource, fate } = mapOne(one, reading, parts);
    if (resource === undefined) account.add(one, fate);
    else tell(resource, one, fate);
  }
  for (const one of consultations) {
    const notes = consultationNotes(one, reading);
    if (notes !== undefined) tell(notes, undefined, { told: 'DocumentReference' });
  }
  return { resources: [...told.values()], doubts: [...new Set(doubts)], account };
}

function mapOne(sent: JsonObject, reading: Reading, parts: Parts): { resource?: FhirResource; fate: Fate } {
  const type = typeOf(sent);
  const key = ownKey(sent);
  const told = (resource: FhirResource) => ({ resource, fate: { told: resource.resourceType } });
  switch (type) {
    case 'Encounter':
      return told(encounter(sent, reading, reasonsOf(parts.consultations.get(key) ?? [], reading)));
    case 'Observation':
      return told(observation(sent, reading, parts.results.has(key)));
    case 'List': {
      const part = consultationPart(sent);
      return part === undefined
        ? told(list(sent, reading))
        : { fate: { kept: `as ${part} in the notes of its consultation` } };
    }
    case 'Medication': {
      if (parts.medicines.has(key)) return { fate: { kept: 'in the medicines that name it' } };
      reading.doubt('A Medication that nothing names was left out.');
      return { fate: { left: 'nothing names it' } };
    }
    case 'OperationOutcome':
      return told(outcomeNotice(sent, reading));
    default: {
      const mapper = Object.hasOwn(mappers, type) ? mappers[type] : undefined;
      if (mapper !== undefined) return told(mapper(sent, reading));
      reading.doubt(`Resources of type ${/^[A-Za-z]{1,40}$/.test(type) ? type : 'unknown'} are not read.`);
      return { fate: { left: 'a type that is not read' } };
    }
  }
}

/** What the practice's system could not do of what was asked, told where a reader meets gaps; its own words stay out: anything may be in them. */
function outcomeNotice(sent: JsonObject, reading: Reading): FhirResource {
  const codes = refusalCodes(sent).join(', ');
  reading.doubt(`The practice’s system sent remarks with the record (${codes}).`);
  return notice(
    'list-remarks',
    `Parts of the GP record may be missing: the practice’s system answered with remarks (${codes}).`,
    reading,
  );
}

function nameOf({ resourceType, id }: FhirResource): string {
  return `${resourceType}/${id ?? ''}`;
}
