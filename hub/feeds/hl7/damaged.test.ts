import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit } from '../intake/admissible.ts';
import { UnusableMessage } from '../format.ts';
import { tellMessages } from './testing.ts';

const head = (kind: string, version: string) =>
  `MSH|^~\\&|A|RKE|B|RKE|20261102150000||${kind}|7|P|${version}\rPID|1||44120^^^RKE^MR||Okafor^Grace||19480312|2\r`;

const sound = [
  `${head('SIU^S12', '2.4')}SCH|B7||||||^Cough|TEL^Telephone|30|min|^^^202611021000^202611021030\rNTE|1||Bring\\.br\\glasses\rPV1|1|O|RKE^CL||||C1^Okello^Ruth^^^Dr|||320||||||STD||F2F|55\rAIS|1|A|^Clinic|202611021000|||30|M\rAIL|1|A|RKE^CL\rAIP|1|A|C1^Okello^Ruth`,
  `${head('ORU^R01', '2.3')}PV1|1|I|RKE^W${'|'.repeat(16)}2139\rORC|RE|O1|L1\rOBR|1|O1|L1|U^U+E^WinPath|||202611021130|202611031130|||||||BLD&Blood|C1^Okello^Ruth||||||202611021455||CH|F\rNTE|1||Note\rOBX|1|NM|K^K^WinPath^2823-3^K^LN||<5.1|MMOLL|[ 3.5 - 5.3 ]|H~A|||F|||202611021130\rOBX|2|SN|R^Ratio||^1^:^128||||||C\rOBX|3|FT|T^Text|1|a\\S\\b~c||||||W\rOBX|4|CE|G^Group||A^Pos^L|||||| \rOBX|5|ED|F^File||^application^pdf^Base64^JVBERi0x||||||F\rOBX|6|TS|D^Day||20261102||||||U\rSPM|1|||BLD^Blood|||||||||||||202611021120|202611021200`,
  `${head('MDM^T10', '2.4')}PV1|1|I|RKE^W${'|'.repeat(16)}2139\rTXA|1|DS^Summary|AP|202611021130|C1^Okello^Ruth|202611021200|202611021300|202611021400|C2^Eze^Amara|||D7|D6|||letter.pdf|AU|V|AV\rOBX|1|ED|DS^Summary||^IM^TIFF^Base64^SUkqAA==||||||F\rOBX|2|TX|DS||Text||||||F`,
];

/** What goes wrong on the way: cut short, segments lost, doubled or moved, one character another. */
const damaged = fc
  .tuple(
    fc.constantFrom(...sound),
    fc.array(
      fc.record({
        place: fc.nat(2000),
        with: fc.constantFrom('|', '^', '&', '~', '\\', '\r', '""', '', '0', 'x', '=', '\u00e9'),
      }),
      { maxLength: 6 },
    ),
    fc.option(fc.nat(1500)),
    fc.option(fc.tuple(fc.nat(14), fc.nat(14))),
  )
  .map(([message, changes, end, moved]) => {
    const lines = message.split('\r');
    if (moved !== null && moved[0] > 0)
      lines.splice(Math.max(1, moved[1] % lines.length), 0, lines[moved[0] % lines.length] ?? '');
    let text = lines.join('\r');
    for (const { place, with: other } of changes) {
      const at = 9 + (place % text.length);
      text = `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
    }
    return end === null ? text : text.slice(0, 60 + end);
  });

describe('bookings, results and letters that were damaged on the way', () => {
  it('are told as sound FHIR or refused with a reason, twice alike, and never end the hub', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async (message) => {
        const outcome = () =>
          tellMessages([message]).catch((error: unknown) => {
            if (!(error instanceof UnusableMessage)) throw error;
            return { resources: [], doubts: [String(error)] };
          });
        const told = await outcome();
        for (const resource of told.resources) {
          expect(admit(JSON.parse(JSON.stringify(resource))).problem, message).toBeUndefined();
        }
        expect(await outcome()).toEqual(told);
      }),
    );
  });

  it('are, undamaged, told whole', async () => {
    for (const message of sound) expect((await tellMessages([message])).resources.length).toBeGreaterThan(1);
  });
});
