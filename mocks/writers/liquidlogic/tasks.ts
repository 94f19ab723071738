import type { Task } from 'fhir/r4';
import { dateTime } from '../../borough/clock.ts';
import type { CareAssessment, CareReview } from '../../borough/happenings.ts';
import { interweave, interweaveExtra, localIdentifier } from '../codes.ts';
import { type Pen, organisationReference, staffReference, metaOf } from '../pen.ts';

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

export function writeAssessment(pen: Pen, assessment: CareAssessment, told: Set<string>): void {
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

export function writeReview(pen: Pen, review: CareReview): void {
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
