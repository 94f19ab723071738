import type { Lane } from '../../timeline/entry.ts';

/** Fills of a care setting (look.md, Colour); in forced colours the system's own. Whole words, for the style sheet finds them so. */
export interface LaneColours {
  mark: string;
  tint: string;
  ink: string;
}

export const laneColours: Record<Lane, LaneColours> = {
  gp: { mark: 'fill-gp-mark', tint: 'fill-gp-tint stroke-gp-mark', ink: 'fill-gp-ink' },
  hospital: { mark: 'fill-hospital-mark', tint: 'fill-hospital-tint stroke-hospital-mark', ink: 'fill-hospital-ink' },
  urgent: { mark: 'fill-urgent-mark', tint: 'fill-urgent-tint stroke-urgent-mark', ink: 'fill-urgent-ink' },
  community: {
    mark: 'fill-community-mark',
    tint: 'fill-community-tint stroke-community-mark',
    ink: 'fill-community-ink',
  },
  'mental-health': { mark: 'fill-mental-mark', tint: 'fill-mental-tint stroke-mental-mark', ink: 'fill-mental-ink' },
  'social-care': { mark: 'fill-social-mark', tint: 'fill-social-tint stroke-social-mark', ink: 'fill-social-ink' },
  patient: { mark: 'fill-patient-mark', tint: 'fill-patient-tint stroke-patient-mark', ink: 'fill-patient-ink' },
};
