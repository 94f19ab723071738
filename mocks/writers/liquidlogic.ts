import type { EpisodeOfCare, Task } from 'fhir/r4';
import { date, dateTime } from '../borough/clock.ts';
import type { CareAssessment, CarePackage, CareRequest, CareReview, Happening } from '../borough/happenings.ts';
import type { Borough, Life } from '../borough/truth.ts';
import { hl7, interweave, interweaveExtra, localIdentifier } from './codes.ts';
import { writePatient } from './patient.ts';
import { metaOf, organisationReference, penFor, recordOf, staffReference, type Pen } from './pen.ts';
import { writeTeams, writeWarnings } from './plans.ts';
import type { SourceRecordLike } from './source-record.ts';

/** The council's record by the Interweave social care profiles: never an Encounter. Undefined for who never asked. */
export function writeLiquidlogic(life: Life, borough: Borough): SourceRecordLike | undefined {
  const pen = penFor('liquidlogic', '706', life, borough);
  const events = life.happenings.filter(
    (event) => event.kind.startsWith('care-') && (event.start <= pen.asAt || isPlanned(event)),
  );
  if (!events.some(({ start }) => start <= pen.asAt)) return undefined;
  writePatient(pen);
  const told = new Set(events.map(({ id }) => id));
  for (const event of events) {
    if (event.kind === 'care-request') writeRequest(pen, event);
    if (event.kind === 'care-assessment') writeAssessment(pen, event, told);
    if (event.kind === 'care-review') writeReview(pen, event);
    if (event.kind === 'care-package') writePackage(pen, event, told);
  }
  writeSupportReasons(pen);
  writeEquipment(pen);
  writeWarnings(pen);
  writeTeams(pen);
  return recordOf(pen);
}

function isPlanned(event: Happening): boolean {
  return event.kind === 'care-review' && event.status === 'accepted';
}

function writeRequest(pen: Pen, request: CareRequest): void {
  pen.add({
    resourceType: 'ServiceRequest',
    id: request.id,
    ...metaOf(request.labels),
    extension: [
      interweaveExtra('SocialCareRequesterType', {
        valueCodeableConcept: interweave('SocialCareRequesterType', request.from.code, request.from.text),
      }),
    ],
    identifier: [localIdentifier('socialcarecontact', `706-${request.id}`)],
    status: request.status === 'open' ? 'active' : 'completed',
    intent: 'plan',
    code: { text: 'Request for social care' },
    subject: pen.patient,
    occurrenceDateTime: dateTime(request.start),
    authoredOn: dateTime(request.start),
    performer: [organisationReference(request.team)],
    reasonCode: [interweave('SocialCareContactReason', request.reason.code, request.reason.text)],
    // Interweave's profile leaves no element for what came of a contact; UK Core's does.
    orderDetail: request.outcome === undefined ? undefined : [{ text: `Led to: ${request.outcome}` }],
  });
}

function taskHead(pen: Pen, event: CareAssessment | CareReview): Task {
  const done = event.end !== undefined && event.end <= pen.asAt;
  const status = event.status === 'completed' && !done ? 'in-progress' : event.status;
  return {
    resourceType: 'Task',
    id: event.id,
    ...metaOf(event.labels),
    extension:
      status === 'completed' && event.outcome !== undefined
        ? [
            interweaveExtra('SocialCareAssessmentOutcome', {
              valueCodeableConcept: interweave('SocialCareAssessmentOutcome', event.outcome.code, event.outcome.text),
            }),
          ]
        : [],
    identifier: [localIdentifier('socialcareassessment', `706-${event.id}`)],
    status,
    intent: 'plan',
    for: pen.patient,
    authoredOn: dateTime(Math.min(event.start, pen.asAt)),
    lastModified: dateTime(Math.min(event.end ?? event.start, pen.asAt)),
    owner: organisationReference(event.team),
    executionPeriod: {
      start: dateTime(event.start),
      end: done || status === 'accepted' ? dateTime(event.end ?? event.start) : undefined,
    },
  };
}

function writeAssessment(pen: Pen, assessment: CareAssessment, told: Set<string>): void {
  const head = taskHead(pen, assessment);
  const paper =
    assessment.summary !== undefined && head.status === 'completed' ? `${assessment.id}-document` : undefined;
  pen.add({
    ...head,
    extension: [
      ...(head.extension ?? []),
      interweaveExtra('SocialCareAssessmentPerformer', { valueReference: staffReference(assessment.staff) }),
    ],
    code: interweave('SocialCareAssessmentType', assessment.type.code, assessment.type.text),
    basedOn:
      assessment.request !== undefined && told.has(assessment.request)
        ? [{ reference: `ServiceRequest/${assessment.request}` }]
        : undefined,
    output:
      paper === undefined
        ? undefined
        : [
            {
              type: interweave('SocialCareAssessmentOutputType', 'DOC', 'DocumentReference'),
              valueReference: { reference: `DocumentReference/${paper}` },
            },
          ],
  });
  if (paper === undefined || assessment.end === undefined) return;
  pen.add({
    resourceType: 'DocumentReference',
    id: paper,
    ...metaOf(assessment.labels),
    status: 'current',
    type: { text: assessment.type.text },
    subject: pen.patient,
    date: new Date(assessment.end).toISOString(),
    author: [staffReference(assessment.staff)],
    custodian: organisationReference('706'),
    description: assessment.type.text,
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          data: Buffer.from(assessment.summary ?? '', 'utf8').toString('base64'),
          title: assessment.type.text,
          creation: dateTime(assessment.end),
        },
      },
    ],
    context: { related: [{ reference: `Task/${assessment.id}` }] },
  });
}

function writeReview(pen: Pen, review: CareReview): void {
  const head = taskHead(pen, review);
  pen.add({
    ...head,
    code: { text: review.planned ? 'Care review: planned' : 'Care review: unplanned' },
    focus: review.package === undefined ? undefined : { reference: `EpisodeOfCare/${review.package}` },
    extension: [
      ...(head.extension ?? []),
      interweaveExtra('SocialCareAssessmentPerformer', { valueReference: staffReference(review.staff) }),
    ],
  });
}

function writePackage(pen: Pen, service: CarePackage, told: Set<string>): void {
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

function writeSupportReasons(pen: Pen): void {
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

function writeEquipment(pen: Pen): void {
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
