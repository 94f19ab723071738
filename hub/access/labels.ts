import type { Coding, Resource } from 'fhir/r4';
import { actCode, confidentiality, keptForSystem } from '../../fhir/systems.ts';

/** A small system of our own for what the law itself restricts: HFE Act 2008, Gender Recognition Act 2004. */
export const legalRestriction = 'https://care-timeline.example/fhir/CodeSystem/legal-restriction';

/** A label of our own on what is the person's alone: their choices. */
export const keptForPerson = { system: keptForSystem, code: 'person' } as const;

/** One bit a label; a row's mask is their union. 0 is unlabelled. */
export const labelBits = {
  /** v3-Confidentiality R. */
  restricted: 1 << 0,
  /** v3-Confidentiality V. */
  veryRestricted: 1 << 1,
  /** HFEA, GRA and whatever else the system of legal restrictions may say. */
  legal: 1 << 2,
  /** Substance use. */
  substance: 1 << 3,
  /** Mental health and psychiatry. */
  mental: 1 << 4,
  /** Sexual health, sexuality and reproduction. */
  sexual: 1 << 5,
  /** Sexual assault, abuse and domestic violence. */
  violence: 1 << 6,
  /** HIV, genetic disease and other named conditions. */
  condition: 1 << 7,
  /** Not to be given to the person without their clinician. */
  notToPerson: 1 << 8,
  /** The person's own choices: nobody else is shown them, and no notice speaks of them. */
  own: 1 << 11,
  /** A label the hub does not know: withheld, because it was put there for a reason. */
  other: 1 << 9,
  /** Sealed by the person, or linked to what is (`sealed_item`): no label of a source, and gone when the seal is. */
  sealed: 1 << 10,
} as const;
export type Label = keyof typeof labelBits;

/** Withheld from everybody without a word of its own: even "something is withheld" would give it away. The standing notice covers it. */
export const hiddenBits: number = labelBits.veryRestricted | labelBits.legal | labelBits.own;

/**
 * Set on a row that its owner deleted, beside its labels: nobody is shown it and no notice tells of it; its history shows
 * that it went. Not a label, but kept with them so that one condition keeps it out of every read.
 */
export const deletedBit: number = 1 << 29;

/** The labels that make a row of a kind of its own (hub/access/access.ts); any other label leaves it general or social. */
export const kindBits: number = labelBits.mental | labelBits.sexual;

/** Every bit there is or may be: the sign bit is never used. */
export const allBits = 0x7f_ff_ff_ff;

// Up to Normal, a confidentiality code restricts nothing (v3-Confidentiality: unrestricted, low, moderate, normal).
const confidentialityBits = new Map<string, number>([
  ['U', 0],
  ['L', 0],
  ['M', 0],
  ['N', 0],
  ['R', labelBits.restricted],
  ['V', labelBits.veryRestricted],
]);

// The information sensitivity policies of v3-ActCode that are about clinical content; any other code is `other`.
const sensitivityBits = new Map<string, number>([
  ...['ETH', 'ETHUD', 'SUD', 'OPIOIDUD'].map((code) => [code, labelBits.substance] as const),
  ...['PSY', 'PSYTHPN', 'MH', 'BH', 'COGN', 'EMOTDIS'].map((code) => [code, labelBits.mental] as const),
  ...['STD', 'SEX'].map((code) => [code, labelBits.sexual] as const),
  ...['SDV', 'DVD', 'MST'].map((code) => [code, labelBits.violence] as const),
  ...['HIV', 'GDIS', 'SCA', 'SICKLE', 'TBOO'].map((code) => [code, labelBits.condition] as const),
  ['NOPAT', labelBits.notToPerson],
]);

/** Any resource, as far as its labels go. */
interface Labelled extends Pick<Resource, 'meta'> {
  contained?: readonly Labelled[] | undefined;
}

/**
 * The security labels of a resource (`meta.security`, its own and of what it contains) as bits. Unlabelled and N give 0;
 * what is not understood gives `other`, never 0.
 */
export function maskOf(resource: Labelled): number {
  let mask = 0;
  for (const label of resource.meta?.security ?? []) mask |= bitsOf(label);
  for (const contained of resource.contained ?? []) mask |= maskOf(contained);
  return mask;
}

function bitsOf(label: Coding): number {
  const code = label.code ?? '';
  if (label.system === confidentiality) return confidentialityBits.get(code) ?? labelBits.other;
  if (label.system === actCode) return sensitivityBits.get(code) ?? labelBits.other;
  if (label.system === keptForPerson.system) return code === keptForPerson.code ? labelBits.own : labelBits.other;
  return label.system === legalRestriction ? labelBits.legal : labelBits.other;
}
