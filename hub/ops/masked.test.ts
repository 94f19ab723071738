import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked } from './masked.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a message as the operator sees it', () => {
  it('keeps an HL7 message’s header and the names of its segments', () => {
    const message =
      'MSH|^~\\&|SYSTEMC|RKE|||202611021000||ADT^A01|C1|P|2.4\rPID|1||M1234^^^RKE^MR||OKAFOR^Grace||19480312|2\r';
    expect(masked(bytes(message), 'hl7-v2')).toBe(
      'MSH|^~\\&|SYSTEMC|RKE|||202611021000||ADT^A01|C1|P|2.4\nPID|9||x9999^^^xxx^xx||xxxxxx^xxxxx||99999999|9\n',
    );
  });

  it('keeps the names of properties, elements and columns', () => {
    expect(masked(bytes('{"family": "Okafor", "born": 1948, "a": ["x\\"y: 1"]}'), 'gp-connect')).toBe(
      '{"family": "xxxxxx", "born": 9999, "a": ["x\\"x: 9"]}',
    );
    expect(masked(bytes('<patient id="7"><name>Grace</name></patient>'), 'adastra-case')).toBe(
      '<patient id="9"><name>xxxxx</name></patient>',
    );
    expect(masked(bytes('PatientGuid,Surname\n12,Okafor'), 'emis-csv')).toBe('PatientGuid,Surname\n99,xxxxxx');
  });

  it('shows no letter or digit of a name or number, whatever stands around it', () => {
    const secret = fc.stringMatching(/^[A-Za-z]{6,12}[0-9]{4}$/).filter((text) => !/^x+9+$/.test(text));
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom('hl7-v2', 'gp-connect', 'adastra-case', 'client-level-data'),
        (text, format) => {
          const whole: Record<string, string> = {
            'hl7-v2': `MSH|^~\\&|A\rPID|1||${text}\rNTE|1||said ${text}`,
            'gp-connect': `{"a":"${text}","b":{"c":["${text}"]}}`,
            'adastra-case': `<a b="${text}">${text}<c>${text}</c></a>`,
            'client-level-data': `A,B\n1,"${text}"\n${text},2`,
          };
          expect(masked(bytes(whole[format] ?? ''), format)).not.toContain(text);
        },
      ),
    );
  });

  it('says how much of a large one is not shown', () => {
    expect(masked(bytes(`A\n${'b'.repeat(70_000)}`), 'emis-csv')).toMatch(/ bytes more$/);
  });
});
