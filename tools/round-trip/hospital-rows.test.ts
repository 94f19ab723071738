import { expect, it } from 'vitest';
import { makeBorough } from '../../mocks/borough/make.ts';
import { differingRows } from './hospital-rows.ts';

const borough = makeBorough({ people: 60, seed: 5, now: new Date('2026-11-21T12:00:00Z') });

/**
 * What ADT, SIU, ORU and MDM do not carry (what came of a community visit), what they say beyond the FHIR telling (how a
 * contact was held), and what a desk's slip looks like once it was taken back.
 */
const explained = [
  /^community-visit detail: .*,"[^"]+"\] → /,
  /^mental-health-contact facts: \[(?:"phone or video")?\] → \["(?:in person|phone|video)"\]$/,
  /^emergency, told in HL7 alone: Cancelled: emergency department$/,
];

it.each(['RKE', 'RRV'] as const)(
  'a reader sees the same rows of %s in its own HL7 as in FHIR, but for what the messages do not carry',
  async (hospital) => {
    const { rows, differences } = await differingRows(hospital, borough);
    expect(rows).toBeGreaterThan(200);
    expect(differences.filter((line) => !explained.some((pattern) => pattern.test(line)))).toEqual([]);
  },
  60_000,
);
