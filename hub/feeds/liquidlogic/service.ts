import type { CodeableConcept, EpisodeOfCare, Reference } from 'fhir/r4';
import { cqcIdentifier } from './directory.ts';
import type { CareEvent } from './events.ts';
import { factsOf, isCarer } from './event-facts.ts';
import { interweaveExtra, localIdentifier } from './interweave.ts';
import { metaOf, organisation, periodOf, staff, type Teller } from './teller.ts';
import { listed } from './told.ts';
import { coded, plain } from './words.ts';

const statuses = {
  planned: 'planned',
  open: 'active',
  onhold: 'onhold',
  closed: 'finished',
  cancelled: 'cancelled',
} as const;

/** A service that was arranged (Interweave SocialCareService). An open end is a service that goes on. */
export function tellService(teller: Teller, each: CareEvent, follows: CareEvent | undefined): void {
  const { line, detail, reference } = each;
  const { start, end, stage, labels } = factsOf(teller, each);
  const category = detail?.value.category ?? line?.row.serviceType;
  const history = detail?.value.history ?? [];
  const extension = [
    ...(category === undefined
      ? []
      : [
          interweaveExtra('SocialCareServiceCategory', {
            valueCodeableConcept: coded('SocialCareServiceCategory', category),
          }),
        ]),
    ...(follows === undefined
      ? []
      : [interweaveExtra('SocialCareServiceTrigger', { valueReference: { reference: `Task/${follows.id}` } })]),
  ];
  if (stage === 'open' && line?.row.death !== undefined) {
    teller.doubts.add('Service without an end of somebody whose death is stated: told as it came.');
  }
  const episode: EpisodeOfCare = {
    resourceType: 'EpisodeOfCare',
    id: each.id,
    ...metaOf(labels),
    extension: listed(extension),
    identifier:
      reference === undefined ? undefined : [localIdentifier('socialcareservice', `${teller.council}-${reference}`)],
    status: statuses[stage],
    statusHistory: listed(
      history.map((part) => ({ status: part.status, period: { start: part.start, end: part.end } })),
    ),
    type: typesOf(each),
    patient: teller.patient,
    managingOrganization: providerOf(teller, each),
    period: periodOf(start, end),
    careManager: detail?.value.staff === undefined ? undefined : staff(teller, detail.value.staff),
  };
  teller.resources.push(episode);
}

/** What it is called first; then how it is paid for, whose it is and what else is said, where that says more. */
function typesOf(each: CareEvent): CodeableConcept[] {
  const { line, detail } = each;
  const row = line?.row;
  const kind = detail?.value.kind ?? row?.component;
  const title = detail?.value.name ?? kind ?? row?.serviceType ?? 'Social care service';
  const first = kind === undefined ? { text: title } : coded('SocialCareServiceType', kind, title);
  const more = [paidBy(row?.mechanism), isCarer(each) ? 'Carer support' : undefined, row?.description].filter(
    (words) => words !== undefined && plain(words) !== plain(title),
  );
  return [first, ...more.map((text) => ({ text }))];
}

/** How it is paid for, where that is not simply the council's doing; the return calls a council a CASSR. */
function paidBy(mechanism: string | undefined): string | undefined {
  if (mechanism === undefined) return undefined;
  const words: Record<string, string | undefined> = {
    cassrcommissionedsupport: undefined,
    cassrmanagedpersonalbudget: 'Personal budget managed by the council',
    selffundermeteringonlydonotuse: 'Paid for by the person',
  };
  return plain(mechanism) in words ? words[plain(mechanism)] : mechanism;
}

function providerOf(teller: Teller, { line, detail }: CareEvent): Reference {
  const { providerName, providerId } = line?.row ?? {};
  if (detail?.value.provider !== undefined) {
    const told = organisation(teller, detail.value.provider);
    return teller.names.organisation(detail.value.provider) === undefined && providerName !== undefined
      ? { ...told, display: providerName }
      : told;
  }
  if (providerName === undefined && providerId === undefined) return organisation(teller, teller.council);
  return {
    identifier: providerId === undefined ? undefined : cqcIdentifier(providerId),
    display: providerName ?? 'Provider, not named',
  };
}
