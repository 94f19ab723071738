import type { CodeableConcept, Extension, FhirResource, Reference } from 'fhir/r4';
import { nhsNumberVerificationExtension } from '../../fhir/systems.ts';

/** What a resource says, fact by fact, in values that mean the same whoever wrote them. */
export type Facts = Record<string, string | undefined>;

const dayOf = (date: string | undefined): string | undefined => date?.slice(0, 10);
const codeOf = (concept: CodeableConcept | undefined): string | undefined =>
  concept?.coding?.[0]?.code ?? concept?.text;
const nameOf = (reference: Reference | undefined): string | undefined => reference?.display;
const extra = ({ extension = [] }: { extension?: Extension[] }, name: string): Extension | undefined =>
  extension.find(({ url }) => url.endsWith(name));

/** The facts of a resource of the council's record; `idOf` gives the council's own reference of what a reference leads to. */
export function factsOf(resource: FhirResource, idOf: (reference: string | undefined) => string | undefined): Facts {
  const labels = resource.meta?.security?.map(({ code }) => code).join();
  return { ...ownFacts(resource, idOf), 'security labels': labels };
}

function ownFacts(resource: FhirResource, idOf: (reference: string | undefined) => string | undefined): Facts {
  if (resource.resourceType === 'ServiceRequest') {
    const start = resource.occurrenceDateTime ?? resource.occurrencePeriod?.start;
    return {
      status: resource.status,
      day: dayOf(start),
      time: timeOf(start),
      'who asked': codeOf(extra(resource, 'SocialCareRequesterType')?.valueCodeableConcept),
      reason: codeOf(resource.reasonCode?.[0]),
      team: nameOf(resource.performer?.[0]),
      outcome: resource.orderDetail?.[0]?.text,
    };
  }
  if (resource.resourceType === 'Task') {
    const { start, end } = resource.executionPeriod ?? {};
    return {
      status: resource.status,
      'kind of assessment or review': codeOf(resource.code),
      day: dayOf(start),
      time: timeOf(start),
      'last day': dayOf(end),
      'time of its end': timeOf(end),
      outcome: codeOf(extra(resource, 'SocialCareAssessmentOutcome')?.valueCodeableConcept),
      team: nameOf(resource.owner),
      'who did it': nameOf(extra(resource, 'SocialCareAssessmentPerformer')?.valueReference),
      'request it follows': idOf(resource.basedOn?.[0]?.reference),
      'service it is about': idOf(resource.focus?.reference),
      'has a document':
        resource.output?.some(({ valueReference }) => valueReference !== undefined) === true ? 'yes' : undefined,
    };
  }
  if (resource.resourceType === 'EpisodeOfCare') {
    return {
      status: resource.status,
      'first day': dayOf(resource.period?.start),
      'last day': dayOf(resource.period?.end),
      category: codeOf(extra(resource, 'SocialCareServiceCategory')?.valueCodeableConcept),
      kind: codeOf(resource.type?.[0]),
      'what it is called': titleIn(resource.type),
      provider: nameOf(resource.managingOrganization),
      'care manager': nameOf(resource.careManager),
      pauses: JSON.stringify(resource.statusHistory?.map(({ status, period }) => [status, period.start, period.end])),
      'assessment it follows': idOf(extra(resource, 'SocialCareServiceTrigger')?.valueReference?.reference),
    };
  }
  return standingFacts(resource) ?? personFacts(resource);
}

/** The title a service is given may stand first or after its kind. */
function titleIn(types: readonly CodeableConcept[] | undefined): string | undefined {
  const [first, ...more] = types?.map(({ text }) => text) ?? [];
  return more.find((text) => text?.endsWith('package')) ?? first;
}

function standingFacts(resource: FhirResource): Facts | undefined {
  if (resource.resourceType === 'Condition') {
    const period = extra(resource, 'SocialCareSupportReasonPeriod')?.valuePeriod;
    return {
      reason: codeOf(resource.code),
      group: codeOf(resource.category?.[0]),
      'in force': codeOf(resource.clinicalStatus),
      from: period?.start,
      until: period?.end,
    };
  }
  if (resource.resourceType === 'Flag')
    return {
      words: resource.code.text,
      kind: `${codeOf(resource.category?.[0])} ${resource.category?.[0]?.text}`,
      status: resource.status,
      from: resource.period?.start,
      until: resource.period?.end,
    };
  if (resource.resourceType === 'DeviceRequest')
    return {
      name: resource.codeCodeableConcept?.text,
      status: resource.status,
      asked: resource.authoredOn,
      fitted: resource.occurrencePeriod?.start,
      where: resource.note?.[0]?.text,
    };
  if (resource.resourceType === 'CareTeam')
    return {
      name: resource.name,
      status: resource.status,
      from: resource.period?.start,
      members: JSON.stringify(resource.participant?.map(({ role, member }) => [role?.[0]?.text, nameOf(member)])),
    };
  if (resource.resourceType === 'DocumentReference')
    return {
      words: resource.content[0]?.attachment.data,
      title: resource.type?.text,
      author: nameOf(resource.author?.[0]),
      written: resource.date,
    };
  return undefined;
}

function personFacts(resource: FhirResource): Facts {
  if (resource.resourceType !== 'Patient') return {};
  const [number] = resource.identifier ?? [];
  const [name] = resource.name ?? [];
  const status = number?.extension?.find(({ url }) => url === nhsNumberVerificationExtension)?.valueCodeableConcept;
  return {
    'NHS number': number?.value,
    'how sure the number is': codeOf(status),
    'family name': name?.family,
    'first given name': name?.given?.[0],
    'all names': JSON.stringify(resource.name?.map(({ use, family, given, prefix }) => [use, family, given, prefix])),
    gender: resource.gender,
    'birth date': resource.birthDate,
    'day of death': dayOf(resource.deceasedDateTime),
    'time of death': timeOf(resource.deceasedDateTime),
    postcode: resource.address?.[0]?.postalCode,
    'address lines': resource.address?.[0]?.line?.join(', '),
    phone: resource.telecom?.[0]?.value,
    contact: JSON.stringify(
      resource.contact?.map(({ relationship, name: who, telecom }) => [
        relationship?.[0]?.text,
        who?.given,
        telecom?.[0]?.value,
      ]),
    ),
    language: resource.communication?.[0]?.language.coding?.[0]?.code,
    ethnicity: codeOf(extra(resource, 'EthnicCategory')?.valueCodeableConcept),
    practice: nameOf(resource.generalPractitioner?.[0]),
  };
}

function timeOf(date: string | undefined): string | undefined {
  return date !== undefined && date.length > 10 ? date.slice(11) : undefined;
}
