import type { CodeableConcept, Condition, Encounter, FhirResource, Procedure } from 'fhir/r4';
import { ukCoreExtension } from '../../fhir/systems.ts';
import type { Compared } from './adastra.ts';
import { same } from './same.ts';

/** The visits of one person as they truly were (as the hospital's own FHIR would tell them) and as the hub holds them. */
export function compareVisits(truth: readonly FhirResource[], told: readonly FhirResource[]): Compared[] {
  const expected = truth.filter((each) => each.resourceType === 'Encounter');
  const held = told.filter((each) => each.resourceType === 'Encounter');
  const numbers = new Set(expected.map(numberOf));
  // A registration for somebody else that was taken back is rightly there, as one that did not take place.
  const extra = held.filter((visit) => !numbers.has(numberOf(visit)) && visit.status !== 'cancelled');
  return [
    ...expected.flatMap((visit) =>
      compareVisit(
        visit,
        held.filter((each) => numberOf(each) === numberOf(visit)),
        truth,
        told,
      ),
    ),
    { item: 'visits: none that did not happen', lost: extra.length === 0 ? undefined : 'a visit that did not happen' },
  ];
}

function compareVisit(
  truth: Encounter,
  found: readonly Encounter[],
  all: readonly FhirResource[],
  toldOfAll: readonly FhirResource[],
): Compared[] {
  const kind = truth.class.code ?? 'visit without a class';
  const item = (name: string): string => `${kind}: ${name}`;
  const [told] = found;
  if (told === undefined) return [{ item: item('told'), lost: 'lost' }];
  const channel = codeOf(extra(truth, 'DeliveryChannel'));
  const stops = withoutBedMoves(truth.location ?? []);
  const text = (concepts: readonly CodeableConcept[] | undefined): string | undefined => concepts?.[0]?.text;
  return [
    { item: item('told once'), lost: found.length === 1 ? undefined : 'told twice' },
    same(item('class'), truth.class.code, told.class.code),
    truth.type === undefined
      ? {
          item: item('type'),
          lost: told.type === undefined ? undefined : 'format: what a visit is called follows from its class',
        }
      : same(item('type'), text(truth.type), text(told.type)),
    same(item('status'), truth.status, told.status),
    same(item('start'), truth.period?.start, told.period?.start),
    same(item('end'), truth.period?.end, told.period?.end),
    same(item('specialty or team'), truth.serviceType?.text, told.serviceType?.text),
    same(item('who'), truth.participant?.[0]?.individual?.display, told.participant?.[0]?.individual?.display),
    same(item('reason'), text(truth.reasonCode), text(told.reasonCode)),
    same(
      item('reason as a code'),
      text(truth.reasonCode) && codeOf(truth.reasonCode?.[0]),
      codeOf(told.reasonCode?.[0]),
    ),
    same(item('places'), stops.map(nameOfPlace).join('; '), (told.location ?? []).map(nameOfPlace).join('; ')),
    same(
      item('when at each place'),
      stops.map(whenAt).join('; '),
      (told.location ?? []).map(whenAt).join('; '),
      stops[0]?.period?.start === truth.period?.start
        ? undefined
        : 'habit: dates of a stay written down wrongly are its wards’ too',
    ),
    same(
      item('kind of place'),
      codeOf(truth.location?.[0]?.physicalType),
      codeOf(told.location?.[0]?.physicalType),
      'format: PV1-3 does not say what kind of clinic',
    ),
    same(item('provider'), truth.serviceProvider?.display, told.serviceProvider?.display),
    same(item('labels'), labelsOf(truth), labelsOf(told)),
    same(
      item('admission method'),
      codeOf(extra(truth.hospitalization, 'AdmissionMethod')),
      codeOf(extra(told.hospitalization, 'AdmissionMethod')),
    ),
    same(item('admitted from'), codeOf(truth.hospitalization?.admitSource), codeOf(told.hospitalization?.admitSource)),
    same(item('discharge method'), codeOf(extra(truth, 'DischargeMethod')), codeOf(extra(told, 'DischargeMethod'))),
    same(
      item('gone to'),
      truth.hospitalization?.dischargeDisposition?.text,
      told.hospitalization?.dischargeDisposition?.text,
    ),
    channel === undefined ? undefined : same(item('how it was held'), channel, codeOf(extra(told, 'DeliveryChannel'))),
    same(
      item('outcome'),
      extra(truth, 'OutcomeOfAttendance')?.text,
      extra(told, 'OutcomeOfAttendance')?.text,
      codeOf(extra(truth, 'OutcomeOfAttendance')) === undefined
        ? 'format: ADT has no field for an outcome in words'
        : undefined,
    ),
    same(item('its booking'), bookingOf(truth), bookingOf(told)),
    ...compareFindings(item, truth, told, all, toldOfAll),
  ].filter((each) => each !== undefined);
}

function compareFindings(
  item: (name: string) => string,
  truth: Encounter,
  told: Encounter,
  all: readonly FhirResource[],
  toldOfAll: readonly FhirResource[],
): (Compared | undefined)[] {
  const at = <T extends Condition | Procedure>(
    visit: Encounter,
    resources: readonly FhirResource[],
    type: T['resourceType'],
  ): T[] =>
    resources.filter(
      (each): each is T =>
        each.resourceType === type && (each as T).encounter?.reference === `Encounter/${visit.id ?? ''}`,
    );
  const diagnoses = at<Condition>(truth, all, 'Condition').filter(isOfVisit);
  const held = at<Condition>(told, toldOfAll, 'Condition');
  const procedures = at<Procedure>(told, toldOfAll, 'Procedure');
  return [
    ...diagnoses.map((diagnosis): Compared | undefined => {
      const found = held.find(({ code }) => code?.text === diagnosis.code?.text);
      const sure = codeOf(diagnosis.verificationStatus);
      if (found === undefined) {
        const lost = sure === 'refuted' ? 'format: HL7 v2.4 has no word for a diagnosis that was ruled out' : 'lost';
        return { item: item('diagnosis'), lost };
      }
      return same(
        item('diagnosis'),
        `${sure ?? ''} ${diagnosis.recordedDate ?? ''} ${labelsOf(diagnosis) ?? ''}`,
        `${codeOf(found.verificationStatus) ?? ''} ${found.recordedDate ?? ''} ${labelsOf(found) ?? ''}`,
      );
    }),
    ...at<Procedure>(truth, all, 'Procedure').map((procedure) =>
      same(
        item('procedure'),
        procedure.performedDateTime,
        procedures.find(({ code }) => code?.text === procedure.code?.text)?.performedDateTime,
      ),
    ),
  ];
}

function bookingOf({ appointment }: Encounter): string | undefined {
  return appointment === undefined ? undefined : 'named';
}

function isOfVisit({ category }: Condition): boolean {
  return codeOf(category?.[0]) === 'encounter-diagnosis';
}

function numberOf({ identifier }: Encounter): string {
  return identifier?.[0]?.value ?? '';
}

type Stop = NonNullable<Encounter['location']>[number];

/** From one bed to another of the same ward is no move that anybody is told of. */
function withoutBedMoves(stops: readonly Stop[]): Stop[] {
  const wards: Stop[] = [];
  for (const stop of stops) {
    const before = wards.at(-1);
    if (before === undefined || nameOfPlace(before) !== nameOfPlace(stop)) wards.push(stop);
    else
      wards[wards.length - 1] = { ...before, status: stop.status, period: { ...before.period, end: stop.period?.end } };
  }
  return wards;
}

function nameOfPlace({ location }: Stop): string {
  return location.display ?? '';
}

function whenAt({ period, status }: Stop): string {
  return [status, period?.start, period?.end].join(' ');
}

function codeOf(concept: CodeableConcept | undefined): string | undefined {
  return concept?.coding?.[0]?.code;
}

function extra(element: Pick<Encounter, 'extension'> | undefined, name: string): CodeableConcept | undefined {
  return element?.extension?.find(({ url }) => url === `${ukCoreExtension}${name}`)?.valueCodeableConcept;
}

/** What keeps it from whom; the finer label and the one that it implies count as one. */
function labelsOf({ meta }: FhirResource): string | undefined {
  const codes = (meta?.security ?? []).map(({ code }) => code ?? '');
  return codes.length === 0 ? undefined : codes.toSorted().join(' ');
}
