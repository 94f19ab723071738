import type { Lane } from '../timeline/entry.ts';
import type { IconName } from '../ui/icon-shapes.ts';

/** Icon and colours of a care setting (look.md, Colour). Class names are whole words, for the style sheet finds them so. */
export interface LaneLook {
  icon: IconName;
  rail: string;
  chip: string;
  ink: string;
}

export const laneLooks: Record<Lane, LaneLook> = {
  gp: { icon: 'stethoscope', rail: 'border-l-gp-mark', chip: 'bg-gp-tint text-gp-ink', ink: 'text-gp-ink' },
  hospital: {
    icon: 'bed',
    rail: 'border-l-hospital-mark',
    chip: 'bg-hospital-tint text-hospital-ink',
    ink: 'text-hospital-ink',
  },
  urgent: {
    icon: 'moon',
    rail: 'border-l-urgent-mark',
    chip: 'bg-urgent-tint text-urgent-ink',
    ink: 'text-urgent-ink',
  },
  community: {
    icon: 'bag',
    rail: 'border-l-community-mark',
    chip: 'bg-community-tint text-community-ink',
    ink: 'text-community-ink',
  },
  'mental-health': {
    icon: 'speech',
    rail: 'border-l-mental-mark',
    chip: 'bg-mental-tint text-mental-ink',
    ink: 'text-mental-ink',
  },
  'social-care': {
    icon: 'hands',
    rail: 'border-l-social-mark',
    chip: 'bg-social-tint text-social-ink',
    ink: 'text-social-ink',
  },
  patient: {
    icon: 'house',
    rail: 'border-l-patient-mark',
    chip: 'bg-patient-tint text-patient-ink',
    ink: 'text-patient-ink',
  },
};
