import * as fc from 'fast-check';
import type { Consent, ConsentProvision } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { consentOf, informationKinds, type OwnChoice } from './own-choice.ts';
import { readChoices } from './read-choices.ts';

const person = 'Patient/11111111-1111-4111-8111-111111111111';
const at = '2026-11-22T09:00:00Z';
const consent = (choice: OwnChoice, provision: Partial<ConsentProvision> = {}): Consent => {
  const made = consentOf(person, choice, at);
  return { ...made, provision: { ...made.provision, ...provision } };
};
const open = { since: undefined, until: undefined };
const nobodyNamed = { toOrganisation: undefined, fromSource: undefined, kind: undefined, items: [] };

describe('A choice', () => {
  it('that names nothing is the whole opt-out', () => {
    expect(readChoices(consent({}))).toEqual({ denies: [{ ...nobodyNamed, ...open }] });
    expect(readChoices({ ...consent({}), provision: undefined }).problems).toEqual([
      'Each provision is to be a deny: everything else is permitted already.',
    ]);
  });

  it('says of one kind, one organisation and one source exactly that', () => {
    expect(readChoices(consent({ kind: 'mental', toOrganisation: 'RKE', fromSource: 'emis' }))).toEqual({
      denies: [{ kind: 'mental', toOrganisation: 'RKE', fromSource: 'emis', items: [], ...open }],
    });
  });

  it('that is written is read as it was meant, whatever it names', () => {
    const choice = fc.oneof(
      fc.record({
        toOrganisation: fc.option(fc.constantFrom('RKE', 'RRV', '706', 'F83063'), { nil: undefined }),
        fromSource: fc.option(fc.constantFrom('emis', 'liquidlogic'), { nil: undefined }),
        kind: fc.option(fc.constantFrom(...informationKinds), { nil: undefined }),
        items: fc.constant([] as string[]),
      }),
      fc.record({
        items: fc.uniqueArray(
          fc.uuid().map((id) => `Encounter/${id}`),
          { minLength: 1, maxLength: 4 },
        ),
      }),
    );
    fc.assert(
      fc.property(choice, (one) => {
        expect(readChoices(consentOf(person, one, at))).toEqual({ denies: [{ ...nobodyNamed, ...open, ...one }] });
      }),
    );
  });

  it('may hold several, each with a provision of its own, within the time of them all', () => {
    const several = consent({});
    several.provision = {
      period: { start: '2026-01-01', end: '2026-12-31' },
      provision: [
        { ...consent({ kind: 'sexual' }).provision, period: { start: '2026-06-01' } },
        consent({ toOrganisation: '706' }).provision!,
      ],
    };
    const end = Date.UTC(2027, 0, 1);
    expect(readChoices(several)).toEqual({
      denies: [
        { ...nobodyNamed, kind: 'sexual', since: Date.UTC(2026, 4, 31, 23), until: end },
        { ...nobodyNamed, toOrganisation: '706', since: Date.UTC(2026, 0, 1), until: end },
      ],
    });
  });

  it.each<Consent['status']>(['inactive', 'entered-in-error', 'draft', 'proposed', 'rejected'])(
    'that is %s denies nothing',
    (status) => {
      expect(readChoices({ ...consent({ kind: 'mental' }), status })).toEqual({ denies: [] });
    },
  );

  const deny = consent({}).provision!;
  it.each<[string, Consent, RegExp]>([
    ['a permit', consent({}, { type: 'permit' }), /to be a deny/],
    ['another policy', { ...consent({}), policyRule: { coding: [{ code: 'OPTIN' }] } }, /OPTOUT/],
    ['another scope', { ...consent({}), scope: { coding: [{ code: 'research' }] } }, /patient-privacy/],
    ['a purpose', consent({}, { purpose: [{ code: 'TREAT' }] }), /A provision with purpose/],
    ['a class', consent({}, { class: [{ code: 'Encounter' }] }), /A provision with class/],
    ['a code', consent({}, { code: [{ text: 'HIV' }] }), /A provision with code/],
    ['an action', consent({}, { action: [{ text: 'access' }] }), /A provision with action/],
    ['a period of the data', consent({}, { dataPeriod: { start: '2020' } }), /A provision with dataPeriod/],
    ['a policy elsewhere', { ...consent({}), policy: [{ uri: 'https://example.org' }] }, /A choice with policy/],
    ['an extension', consent({}, { extension: [{ url: 'x', valueCode: 'y' }] }), /A provision with extension/],
    [
      'a word that changes all of it',
      { ...consent({}), modifierExtension: [{ url: 'x' }] },
      /A choice with modifierExt/,
    ],
    ['two kinds at once', consent({}, { securityLabel: [{ code: 'mental' }, { code: 'social' }] }), /one kind of/],
    ['a kind of another system', consent({}, { securityLabel: [{ system: 'x', code: 'mental' }] }), /one of general/],
    [
      'a person as who may not look',
      consent({}, { actor: [{ role: {}, reference: { reference: 'Practitioner/x' } }] }),
      /who may not look \(IRCP\) or/,
    ],
    [
      'an organisation by its row alone',
      consent(
        {},
        {
          actor: [
            { ...consent({ toOrganisation: 'RKE' }).provision!.actor![0]!, reference: { reference: 'Organization/x' } },
          ],
        },
      ),
      /by ODS code/,
    ],
    [
      'an item kept from one organisation alone',
      consent({ items: ['Encounter/x'], toOrganisation: 'RKE' }),
      /everybody/,
    ],
    ['an item for a time', consent({ items: ['Encounter/x'] }, { period: { end: '2027' } }), /at all times/],
    [
      'an item without what is linked to it',
      consent({}, { data: [{ meaning: 'instance', reference: { reference: 'Encounter/x' } }] }),
      /meaning is to be related/,
    ],
    ['a day that is none', consent({}, { period: { end: '2026-13-01' } }), /cannot be read/],
    ['a time that ends before it begins', consent({}, { period: { start: '2027', end: '2026' } }), /before it begins/],
    ['denials three deep', { ...consent({}), provision: { provision: [{ ...deny, provision: [deny] }] } }, /within/],
    ['a deny that holds others', consent({}, { provision: [deny] }), /says nothing itself/],
  ])('with %s is not taken: it would not hold as it says', (_what, given, words) => {
    const { problems } = readChoices(given);
    expect(problems?.join(' ')).toMatch(words);
  });
});
