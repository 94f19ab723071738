import type { CodeableConcept, DocumentReference, FhirResource } from 'fhir/r4';
import { localIdentifier } from './concepts.ts';
import type { ReadTime } from './date-time.ts';
import type { Dialect } from './dialect.ts';
import { securityOf } from './labels.ts';
import { lookUp } from './look-up.ts';
import { contentOf } from './mdm-content.ts';
import type { Document } from './mdm-fold.ts';
import { documentType } from './mdm-type.ts';
import { encounterId, ownId } from './own-ids.ts';
import { organisationReference, staffReference } from './references.ts';
import { sensitivitiesOf } from './sensitivity.ts';
import { statedTime } from './stated-time.ts';

/** Whose document it is and how its sender writes. */
export interface Holder {
  subject: string;
  organisation: string;
  /** TXA-12.1, else what stands for it. */
  key: string;
  dialect: Dialect;
  /** Whether another document says that it replaces this one. */
  replaced: boolean;
}

/** The own id of a document by its number. */
export function documentId(subject: string, key: string): string {
  return ownId(subject, 'document', key);
}

/** A document as DocumentReference with its files as Binaries, and what was odd about it. */
export function documentOf(document: Document, holder: Holder): { resources: FhirResource[]; doubts: string[] } {
  const { subject, organisation, key, dialect, replaced } = holder;
  const id = documentId(subject, key);
  const labels = sensitivitiesOf(document.newest, dialect);
  const meta = labels.length === 0 ? undefined : { security: securityOf(labels) };
  const written = writtenAt(document, dialect);
  const type = documentType(document.last(2)?.values(2)[0], dialect);
  const title = titleOf(document, type);
  const files = contentOf(document.obxs, {
    id,
    meta,
    title,
    fileName: document.at(16),
    written: written.value,
  });
  const doubts = [
    ...files.doubts,
    written.doubt,
    files.content.length === 0 ? 'A document without content' : undefined,
  ];
  const author = [9, 5]
    .map((field) => document.last(field)?.values(field)[0])
    .map((who) => (who === undefined ? undefined : staffReference(who, organisation)))
    .find((each) => each !== undefined);
  const resource: DocumentReference = {
    resourceType: 'DocumentReference',
    id,
    meta,
    masterIdentifier: localIdentifier('document', `${organisation}-${key}`),
    status: statusOf(document, replaced),
    docStatus: document.cancelled ? 'entered-in-error' : lookUp(docStatuses, document.at(17).toUpperCase()),
    type,
    subject: { reference: `Patient/${subject}` },
    // FHIR's instant has no days: a day alone stands with the file.
    date: written.value?.includes('T') === true ? written.value : undefined,
    author: author === undefined ? undefined : [author],
    custodian: organisationReference(organisation, lookUp(dialect.organisations, organisation) ?? '', organisation),
    relatesTo: relationsOf(document, subject),
    description: title,
    content: files.content.length === 0 ? [{ attachment: { title, creation: written.value } }] : files.content,
    context: contextOf(document, holder),
  };
  return { resources: [...files.binaries, resource], doubts: doubts.filter((doubt) => doubt !== undefined) };
}

/** When it was written: as last edited (TXA-8), transcribed (7), begun (6), of the activity (4), else as sent. */
function writtenAt(document: Document, dialect: Dialect): ReadTime {
  const stated = [8, 7, 6, 4].map((field) => statedTime(document.at(field), dialect));
  const read = stated.find(({ value }) => value !== undefined);
  if (read !== undefined) return read;
  const unreadable = stated.find(({ doubt }) => doubt !== undefined)?.doubt;
  return { value: document.sent, instant: undefined, doubt: unreadable };
}

/** HL7 table 0271, completion: what was not signed is preliminary. */
const docStatuses: Readonly<Record<string, DocumentReference['docStatus']>> = {
  AU: 'final',
  LA: 'final',
  DI: 'preliminary',
  DO: 'preliminary',
  IN: 'preliminary',
  IP: 'preliminary',
  PA: 'preliminary',
};

/** TXA-19 (table 0273): deleted or obsolete. */
function statusOf(document: Document, replaced: boolean): DocumentReference['status'] {
  const availability = document.at(19).toUpperCase();
  if (document.cancelled || availability === 'CA') return 'entered-in-error';
  return replaced || availability === 'OB' ? 'superseded' : 'current';
}

/** What it is called: its own name for the file's text (OBX-3), else its file's name; a kind alone is no title. */
function titleOf(document: Document, type: CodeableConcept | undefined): string | undefined {
  const named = document.at(25) || document.obxs[0]?.at(3, 2) || document.at(16).replace(/\.[A-Za-z0-9]{2,5}$/, '');
  return named || type?.text;
}

function relationsOf({ parent }: Document, subject: string): DocumentReference['relatesTo'] {
  if (parent === undefined) return undefined;
  const reference = `DocumentReference/${documentId(subject, parent.number)}`;
  return [{ code: parent.code, target: { reference, display: 'An earlier document' } }];
}

function contextOf(document: Document, { subject, organisation, dialect }: Holder): DocumentReference['context'] {
  const pv1 = document.newest.map((message) => message.first('PV1')).find((each) => each?.states(19) === true);
  const visit = pv1?.at(19) ?? '';
  const happened = statedTime(document.at(4), dialect).value;
  const writtenApart = [6, 7, 8].some((field) => document.at(field) !== '');
  const period = happened === undefined || !writtenApart ? undefined : { start: happened };
  if (visit === '') return period === undefined ? undefined : { period };
  const provider = dialect.place.provider === undefined ? '' : (pv1?.at(3, dialect.place.provider) ?? '');
  const owner = lookUp(dialect.organisations, provider) === undefined ? organisation : provider;
  const identifier = localIdentifier('encounter', `${owner}-${visit}`);
  return {
    encounter: [{ reference: `Encounter/${encounterId(subject, visit)}` }],
    period,
    related: [{ type: 'Encounter', identifier, display: `Visit ${visit}` }],
  };
}
