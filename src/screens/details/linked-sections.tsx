import type { DocumentReference, Resource } from 'fhir/r4';
import type { Session } from '../../launch/session.ts';
import type { DetailState, DetailType, EntryDetails } from '../../record/entry-details.ts';
import type { MapContext } from '../../timeline/context.ts';
import type { Statement } from '../../timeline/entry.ts';
import { keyOf } from '../../timeline/read.ts';
import { sourceLabel, sourceOf } from '../../timeline/source.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { failureWords } from '../failure-words.ts';
import { LetterView } from './letters/letter-view.tsx';
import { linkedLine, newestFirst } from './linked-words.ts';
import { Notes } from './notes.tsx';
import { ResultsTable } from './results-table.tsx';

export interface LinkedSectionsProps {
  session: Session;
  details: EntryDetails;
  /** The entry these must belong to. */
  entryKey: string;
  /** The entry's own statements: letters and reports among them are shown here as well. */
  own: readonly Statement[];
  context: MapContext;
}

interface Topic {
  title: string;
  types: readonly DetailType[];
}

const topics: readonly Topic[] = [
  { title: 'Problems', types: ['Condition'] },
  { title: 'Medicines', types: ['MedicationRequest'] },
  { title: 'Results', types: ['DiagnosticReport', 'Observation'] },
  { title: 'Procedures', types: ['Procedure'] },
  { title: 'Immunisations', types: ['Immunization'] },
  { title: 'Letters and notes', types: ['DocumentReference'] },
];

/**
 * What is linked to an opened entry, topic by topic. A topic being read or not readable says so in its place; an answer
 * for another entry is never shown (misreading 14).
 */
export function LinkedSections({ session, details, entryKey, own, context }: LinkedSectionsProps) {
  if (details.entryKey !== entryKey) return null;
  const ownResources = own.map(({ resource }) => resource);
  const failed = topics.filter(({ types }) => types.some((type) => details.linked[type].status === 'failed'));
  // One problem told by two sources is two lines: without who says so they read as one line printed twice.
  const told = [...ownResources, ...Object.values(details.linked).flatMap((state) => [...state.resources])];
  const saySource = new Set(told.map(sourceOf)).size > 1;
  const loading = topics.some(({ types }) => types.some((type) => details.linked[type].status === 'loading'));
  return (
    <>
      {loading && (
        <p role="status" className="mt-3 text-sm text-secondary">
          Reading what is linked to this entry.
        </p>
      )}
      {topics.map(({ title, types }) => {
        const states: DetailState[] = types.map((type) => details.linked[type]);
        if (types.includes('Observation')) states.push(details.results);
        const resources = unique([
          ...ownResources.filter(({ resourceType }) => types.some((type) => type === resourceType)),
          ...states.flatMap((state) => [...state.resources]),
        ]).sort(newestFirst);
        const unread = states.find(({ status }) => status === 'failed');
        if (resources.length === 0 && unread === undefined) return null;
        return (
          <Section key={title} title={title}>
            {unread !== undefined && (
              <Notice
                actions={
                  <Button icon="refresh" onClick={details.retry}>
                    Try again
                  </Button>
                }
              >
                {title} of this entry could not be read. {failureWords(unread.failure)}
              </Notice>
            )}
            {types.includes('Observation') ? (
              resources.length > 0 && <ResultsTable resources={resources} context={context} saySource={saySource} />
            ) : (
              <ul className="text-sm">
                {resources.map((resource) => (
                  <LinkedItem
                    key={keyOf(resource)}
                    session={session}
                    resource={resource}
                    context={context}
                    saySource={saySource}
                  />
                ))}
              </ul>
            )}
          </Section>
        );
      })}
      {!loading && failed.length === 0 && nothingLinked(details, ownResources) && (
        <p className="mt-3 text-sm text-secondary">
          The sources linked nothing to this entry. This does not mean that there was nothing.
        </p>
      )}
    </>
  );
}

interface LinkedItemProps {
  session: Session;
  resource: Resource;
  context: MapContext;
  saySource: boolean;
}

function LinkedItem({ session, resource, context, saySource }: LinkedItemProps) {
  const line = linkedLine(resource, context);
  if (line === undefined) return null;
  return (
    <li className="border-b border-line py-1.5 last:border-b-0">
      <b>{line.name}</b>
      <Unbroken words={line.words.map((words) => ` · ${words}`).join('')} />
      {saySource && <span className="text-secondary"> · {sourceLabel(sourceOf(resource))}</span>}
      <Notes notes={line.notes} />
      {resource.resourceType === 'DocumentReference' && (
        <LetterView session={session} letter={resource as DocumentReference} title={line.name} />
      )}
    </li>
  );
}

function nothingLinked(details: EntryDetails, own: readonly Resource[]): boolean {
  const linked = Object.values(details.linked).flatMap((state) => [...state.resources]);
  return linked.length === 0 && !own.some(({ resourceType }) => isLinkedType(resourceType));
}

function isLinkedType(type: string): boolean {
  return topics.some(({ types }) => types.some((known) => known === type));
}

function unique(resources: readonly Resource[]): Resource[] {
  return [...new Map(resources.map((resource) => [keyOf(resource), resource])).values()];
}
