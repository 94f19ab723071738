import type { DocumentReference, Task } from 'fhir/r4';
import { parsePartialDate } from '../../../fhir/partial-date.ts';
import type { CareEvent } from './events.ts';
import { metaOf, organisation, staff, type Teller } from './teller.ts';

interface Paper {
  task: Task;
  paper: string;
  labels: readonly string[];
  end: string | undefined;
  detail: CareEvent['detail'];
}

/** What an assessment found, in its writer's words: a document of its own beside the Task. */
export function tellDocument(teller: Teller, { task, paper, labels, end, detail }: Paper): void {
  const title = task.code?.text ?? 'Care assessment';
  const author = detail?.value.staff;
  const date = instantOf(end);
  const document: DocumentReference = {
    resourceType: 'DocumentReference',
    id: paper,
    ...metaOf(labels),
    status: 'current',
    type: { text: title },
    subject: teller.patient,
    date,
    author: author === undefined ? undefined : [staff(teller, author)],
    custodian: organisation(teller, teller.council),
    description: title,
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          data: Buffer.from(detail?.value.summary ?? '', 'utf8').toString('base64'),
          title,
          creation: end,
        },
      },
    ],
    context: {
      related: [{ reference: `Task/${task.id}` }],
      period: date !== undefined || end === undefined ? undefined : { start: end },
    },
  };
  teller.resources.push(document);
}

/** `DocumentReference.date` is an instant: a day without a time is none, and stands with the attachment. */
function instantOf(text: string | undefined): string | undefined {
  const read = parsePartialDate(text);
  return read?.precision === 'time' ? new Date(read.start).toISOString() : undefined;
}
