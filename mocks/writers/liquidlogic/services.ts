import type { EpisodeOfCare } from 'fhir/r4';
import { date, dateTime } from '../../borough/clock.ts';
import type { CarePackage } from '../../borough/happenings.ts';
import { hl7, interweave, interweaveExtra, localIdentifier } from '../codes.ts';
import { type Pen, organisationReference, staffReference, metaOf } from '../pen.ts';

export function writePackage(pen: Pen, service: CarePackage, told: Set<string>): void {
  const finished = service.end !== undefined && service.end <= pen.asAt;
  const episode: EpisodeOfCare = {
    resourceType: 'EpisodeOfCare',
    id: service.id,
    ...metaOf(service.labels),
    extension: [
      interweaveExtra('SocialCareServiceCategory', {
        valueCodeableConcept: interweave('SocialCareServiceCategory', service.category.code, service.category.text),
      }),
    ],
    identifier: [localIdentifier('socialcareservice', `706-${service.id}`)],
    status: finished ? 'finished' : service.status,
    statusHistory: service.history.map((part) => ({
      status: part.status,
      period: { start: date(part.start), end: part.end === undefined ? undefined : date(part.end) },
    })),
    type: [interweave('SocialCareServiceType', service.type.code, service.type.text, service.title)],
    patient: pen.patient,
    managingOrganization: organisationReference(service.provider),
    period: { start: date(service.start), end: finished ? date(service.end ?? service.start) : undefined },
    careManager: staffReference(service.staff),
  };
  if (service.assessment !== undefined && told.has(service.assessment)) {
    episode.extension?.push(
      interweaveExtra('SocialCareServiceTrigger', { valueReference: { reference: `Task/${service.assessment}` } }),
    );
  }
  pen.add(episode);
}

export function writeSupportReasons(pen: Pen): void {
  for (const reason of pen.life.supportReasons) {
    if (reason.from > pen.asAt) continue;
    const over = reason.until !== undefined && reason.until <= pen.asAt;
    pen.add({
      resourceType: 'Condition',
      id: reason.id,
      ...metaOf(reason.labels),
      extension: [
        interweaveExtra('SocialCarePrimarySupportReason', { valueBoolean: true }),
        interweaveExtra('SocialCareSupportReasonPeriod', {
          valuePeriod: { start: date(reason.from), end: over ? date(reason.until ?? reason.from) : undefined },
        }),
      ],
      clinicalStatus: hl7('condition-clinical', over ? 'inactive' : 'active'),
      category: [interweave('SocialCareSupportReasonCategory', reason.category.code, reason.category.text)],
      code: interweave('SocialCareSupportReason', reason.code, reason.text),
      subject: pen.patient,
      recordedDate: date(reason.from),
    });
  }
}

export function writeEquipment(pen: Pen): void {
  for (const item of pen.life.equipment) {
    if (item.asked > pen.asAt) continue;
    const fitted = item.fitted !== undefined && item.fitted <= pen.asAt ? item.fitted : undefined;
    pen.add({
      resourceType: 'DeviceRequest',
      id: item.id,
      ...metaOf(item.labels),
      identifier: [localIdentifier('socialcareequipmentrequest', `706-${item.id}`)],
      status: fitted === undefined ? 'active' : 'completed',
      intent: 'order',
      codeCodeableConcept: { text: item.name },
      subject: pen.patient,
      occurrencePeriod: fitted === undefined ? undefined : { start: date(fitted) },
      authoredOn: dateTime(item.asked),
      requester: organisationReference('706'),
      note: item.note === undefined ? undefined : [{ text: item.note }],
    });
  }
}
