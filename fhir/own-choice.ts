import type { Consent, ConsentProvision } from 'fhir/r4';
import {
  actCode,
  consentScope,
  informationKindSystem,
  odsSystem,
  participationType,
  sourceTagSystem,
} from './systems.ts';

/** The kinds of information that a person may keep back. */
export const informationKinds = ['general', 'mental', 'sexual', 'social'] as const;
export type InformationKind = (typeof informationKinds)[number];

/** What a person keeps back, and from whom; what is not named is kept back whole. */
export interface OwnChoice {
  /** ODS code of an organisation that may not look; undefined: nobody may. */
  toOrganisation?: string | undefined;
  /** Source (`emis`, …) whose statements are kept back; undefined: every source's. */
  fromSource?: string | undefined;
  kind?: InformationKind | undefined;
  /** `Type/id` of single items, kept back from everybody together with what is linked to them. */
  items?: readonly string[] | undefined;
}

/** Names that stand beside the codes of a choice, for whoever reads the Consent. */
export interface ChoiceNames {
  organisation?: string | undefined;
  source?: string | undefined;
  /** What the items are together: the title of the entry. */
  item?: string | undefined;
}

/**
 * A choice as a FHIR R4 Consent: scope patient-privacy, information access (INFA), policy OPTOUT, one `deny`. Actor IRCP is who
 * may not look, actor CST whose statements, securityLabel the kind, `data` the items. A deny of nothing named denies all.
 * @param patient `Patient/id`
 * @param at when it was decided, ISO 8601
 */
export function consentOf(patient: string, choice: OwnChoice, at: string, names: ChoiceNames = {}): Consent {
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: consentScope, code: 'patient-privacy' }] },
    category: [{ coding: [{ system: actCode, code: 'INFA' }] }],
    patient: { reference: patient },
    dateTime: at,
    performer: [{ reference: patient }],
    policyRule: { coding: [{ system: actCode, code: 'OPTOUT' }] },
    provision: denyOf(choice, names),
  };
}

function denyOf({ toOrganisation, fromSource, kind, items = [] }: OwnChoice, names: ChoiceNames): ConsentProvision {
  const actor = [
    ...(toOrganisation === undefined ? [] : [actorOf('IRCP', odsSystem, toOrganisation, names.organisation)]),
    ...(fromSource === undefined ? [] : [actorOf('CST', sourceTagSystem, fromSource, names.source)]),
  ];
  return {
    type: 'deny',
    ...(actor.length === 0 ? {} : { actor }),
    ...(kind === undefined ? {} : { securityLabel: [{ system: informationKindSystem, code: kind }] }),
    ...(items.length === 0
      ? {}
      : { data: items.map((reference) => ({ meaning: 'related', reference: { reference, ...named(names.item) } })) }),
  };
}

function actorOf(role: 'IRCP' | 'CST', system: string, value: string, display: string | undefined) {
  return {
    role: { coding: [{ system: participationType, code: role }] },
    reference: { identifier: { system, value }, ...named(display) },
  };
}

function named(display: string | undefined): { display?: string } {
  return display === undefined ? {} : { display };
}
