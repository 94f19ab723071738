import { testNhsNumbers } from '../../mocks/borough/nhs-numbers.ts';

/** A message as a hospital's patient administration system sends one, about 1 KB. */
export interface WardMessage {
  id: string;
  bytes: Buffer;
}

/** What is said of one stay, from its beginning to its end. */
const events = ['A01', 'A08', 'A02', 'A08', 'A08', 'A02', 'A08', 'A08', 'A02', 'A03'];

/**
 * Messages about stays of ten messages each: of 200 people at a time, in turns, as they come from the wards of a hospital.
 * The same `from` and `count` give the same messages.
 */
export function* wardMessages(from: number, count: number): Generator<WardMessage> {
  const atOnce = 200;
  const round = atOnce * events.length;
  const numbers = testNhsNumbers();
  let [known, number] = [-1, ''];
  const nhsNumbers: string[] = [];
  for (let place = from; place < from + count; place += 1) {
    const step = Math.floor((place % round) / atOnce);
    const stay = Math.floor(place / round) * atOnce + (place % atOnce);
    while (known < stay) {
      const next = numbers.next();
      number = next.done === true ? '' : next.value;
      nhsNumbers.push(number);
      known += 1;
    }
    yield wardMessage(`B${place}`, stay, nhsNumbers[stay] ?? '', events[step] ?? 'A08', step);
  }
}

function wardMessage(id: string, stay: number, nhsNumber: string, event: string, step: number): WardMessage {
  const day = String((stay % 28) + 1).padStart(2, '0');
  const at = `202610${day}${String(8 + step).padStart(2, '0')}${String(stay % 60).padStart(2, '0')}00`;
  const end = event === 'A03' ? at : '';
  const ward = `WARD${Math.ceil((step + 1) / 3)}`;
  const segments = [
    `MSH|^~\\&|PAS|RKE|HUB|ISL|${at}||ADT^${event}^ADT_${event}|${id}|P|2.4|${stay}|||||UNICODE UTF-8|EN||iTKv1.0`,
    `EVN||${at}|||C3456789^Ward^Clerk^^^Mr|${at}`,
    `PID|1||${nhsNumber}^^^NHS^NH~R${stay}^^^RKE^MR||Bench${stay}^Person^${stay}^^Mr^^L||19${10 + (stay % 80)}0${1 + (stay % 9)}12|${1 + (stay % 2)}|||${stay} Liverpool Road^Islington^London^^N1 ${1 + (stay % 9)}AA^GBR^H||+4420700000${stay % 90}||EN|M|C22||||||A`,
    'PD1|||Killick Street Health Centre^^F83063|G5612908^Townley^Gregory^^^Dr^^^GMP',
    `NK1|1|Bench${stay}^Next^^^Mrs^^L|16|${stay} Liverpool Road^Islington^London^^N1 1AA^GBR^H|+442070000099`,
    `PV1|1|I|RKE^${ward}^BAY${1 + (stay % 6)}-${1 + (stay % 4)}^RKE01|13|||C3456789^Darwin^Samuel^^^Dr^^^GMC|C1234567^Curie^Ada^^^Dr^^^GMC||300||||19|||||S${stay}^^^VISITID|||||||||||||||||1|19|||||||${at}|${end}`,
    'DG1|1||J18.9^Pneumonia, unspecified^I10||202610|A',
  ];
  return { id, bytes: Buffer.from(`${segments.join('\r')}\r`) };
}
