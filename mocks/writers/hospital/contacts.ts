import type { CommunityVisit, MentalHealthContact } from '../../borough/happenings.ts';
import { mentalHealthTrustAt } from '../../borough/places.ts';
import { classOf, concept, ukCore } from '../codes.ts';
import { encounterOf, outcomeInWords, reasonOf } from '../encounter.ts';
import { organisationReference, placeReference, type Pen } from '../pen.ts';

/** Community nurses and therapists of the Whittington, whose visits System C keeps too. */
export function writeCommunityVisit(pen: Pen, visit: CommunityVisit): void {
  const home = visit.place === 'home';
  pen.add({
    ...encounterOf(pen, visit, {
      class: classOf(home ? 'HH' : 'AMB'),
      type: [{ text: 'Community nurse visit' }],
      number: `${pen.organisation}-${visit.visitNumber}`,
      staff: visit.staff,
    }),
    extension: [outcomeInWords(visit.outcome)],
    serviceType: { ...ukCore('PracticeSettingCode', '950', 'Nursing'), text: `Community nursing: ${visit.team}` },
    reasonCode: reasonOf(visit, [concept(visit.reason)]),
    location: home
      ? [
          {
            location: { display: "Person's home" },
            physicalType: ukCore('EncounterLocationTypeEngland', 'A01', "Patient's Home"),
          },
        ]
      : [
          {
            location: placeReference('RKE-community-clinic'),
            physicalType: ukCore('EncounterLocationTypeEngland', 'B01', 'Primary Care Health Centre'),
          },
        ],
    serviceProvider: organisationReference('RKE'),
  });
}

/** Contacts with the mental health trust, told through System C; the trust itself is the provider. */
export function writeMentalHealthContact(pen: Pen, contact: MentalHealthContact): void {
  const trust = mentalHealthTrustAt(contact.start).ods;
  pen.add({
    ...encounterOf(pen, contact, {
      class: classOf(contact.channel === 'In-person' ? 'AMB' : 'VR'),
      type: [{ text: 'Mental health contact' }],
      number: `${trust}-${contact.visitNumber}`,
      staff: contact.staff,
    }),
    serviceType: {
      ...ukCore('PracticeSettingCode', '710', 'Adult Mental Illness'),
      text: `Mental health: ${contact.team}`,
    },
    reasonCode: reasonOf(contact, [concept(contact.reason)]),
    location: contact.channel === 'In-person' ? [{ location: placeReference('TAF-clinic') }] : undefined,
    serviceProvider: organisationReference(trust),
  });
}
