import type { Kind } from './entry.ts';

/** What each kind of entry is called where several stand together, in the order they are listed. */
export const kindNames: Record<Kind, string> = {
  'gp-consultation': 'GP consultations',
  'gp-call': 'GP phone calls',
  emergency: 'Emergency department',
  stay: 'Hospital stays',
  outpatient: 'Outpatient',
  'urgent-call': '111 and out-of-hours calls',
  'urgent-visit': 'Out-of-hours visits',
  'community-visit': 'Community visits',
  'mental-health-contact': 'Mental health contacts',
  visit: 'Other visits',
  booking: 'Bookings',
  'care-request': 'Requests for social care',
  assessment: 'Care assessments',
  review: 'Care reviews',
  package: 'Care packages and services',
  letter: 'Letters',
  results: 'Test results',
  'home-reading': 'Readings by the person',
};

export const kinds = Object.keys(kindNames) as Kind[];
