import type { FhirResource } from 'fhir/r4';
import type { Hospital } from '../../mocks/borough/happenings.ts';
import type { Borough } from '../../mocks/borough/truth.ts';
import { writeHospital } from '../../mocks/writers/hospital/hospital.ts';
import { mrnOf } from '../../mocks/writers/hospital/native/hl7.ts';
import { writeCarecastNative, writeSystemCNative } from '../../mocks/writers/hospital/native/write-hospital-native.ts';
import type { Compared } from './adastra.ts';
import { comparePerson } from './hospital-person.ts';
import { tellHospital } from './hospital-told.ts';
import { compareVisits } from './hospital-visits.ts';

/** What came of telling a borough through one hospital's HL7. */
export interface HospitalRoundTrip {
  compared: Compared[];
  /** What the mapper doubted, and how often. */
  doubts: ReadonlyMap<string, number>;
  messages: number;
  people: number;
}

/** What a hospital holds and its HL7 v2 has no message for. */
function untoldOf(resource: FhirResource): string | undefined {
  if (resource.resourceType === 'MedicationRequest' || resource.resourceType === 'MedicationStatement')
    return 'medicine';
  if (resource.resourceType === 'Flag') return 'alert';
  const onList =
    resource.resourceType === 'Condition' && resource.category?.[0]?.coding?.[0]?.code === 'problem-list-item';
  return onList ? 'problem on its list' : undefined;
}

/** Who was there, every visit and what was found: told as HL7 v2, read by the hub, and compared with the truth item by item. */
export async function hospitalRoundTrip(hospital: Hospital, borough: Borough): Promise<HospitalRoundTrip> {
  const source = hospital === 'RKE' ? 'system-c' : 'carecast';
  const write = hospital === 'RKE' ? writeSystemCNative : writeCarecastNative;
  const { bySubject, doubts, messages, links } = await tellHospital(write(borough), { source, organisation: hospital });
  const compared: Compared[] = [];
  let people = 0;
  for (const life of borough.lives) {
    const truth = writeHospital(hospital, life, borough)?.resources;
    const number = mrnOf(life.person.localNumbers[source] ?? '');
    const told = bySubject.get(number) ?? [];
    if (truth === undefined) {
      compared.push({
        item: 'person: nobody it never met',
        lost: told.length === 0 ? undefined : 'somebody it never met',
      });
      continue;
    }
    people += 1;
    compared.push(...comparePerson(truth, told), ...compareVisits(truth, told));
    for (const item of truth.map(untoldOf).filter((each) => each !== undefined)) {
      compared.push({ item, lost: 'format: none of its messages tells it' });
    }
    const merged = links.filter(({ keep }) => keep === number);
    const second = merged.every(({ gone }) =>
      (bySubject.get(gone) ?? []).some((each) => each.resourceType === 'Patient'),
    );
    if (merged.length > 0)
      compared.push({ item: 'person: record made twice, merged', lost: second ? undefined : 'lost' });
  }
  return { compared, doubts, messages, people };
}
