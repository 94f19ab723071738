import type { Kind, Lane } from '../entry.ts';
import type { SettingSigns } from '../lane.ts';

const callWords = /telephone|phone|\bcall\b|\btriage\b|\bremote\b/i;

/** What kind of row an encounter is, from its setting, its class and what it calls itself. */
export function kindOf(lane: Lane, { source, classCode, typeWords }: SettingSigns): Kind {
  const words = typeWords.join(' | ');
  const stays = ['IMP', 'ACUTE', 'NONAC', 'SS', 'OBSENC'];
  if (classCode !== undefined && stays.includes(classCode)) return 'stay';
  if (lane === 'urgent') {
    const remote = classCode === '111' || classCode === 'VR' || classCode === '999-CAD';
    return remote || callWords.test(words) || /\b111\b/.test(words) ? 'urgent-call' : 'urgent-visit';
  }
  if (classCode === 'EMER') return 'emergency';
  if (lane === 'mental-health') return 'mental-health-contact';
  if (lane === 'gp') {
    // Only a GP's system, or words that name a GP, make a visit a GP's: a check-up elsewhere is a visit.
    if (source !== 'emis' && !/general pract|\bgp\b|primary care|family (?:doctor|medicine)/i.test(words))
      return 'visit';
    return /telephone|phone/i.test(words) ? 'gp-call' : 'gp-consultation';
  }
  if (lane === 'community') return 'community-visit';
  if (lane !== 'hospital') return 'visit';
  if (/out-?patient/i.test(words)) return 'outpatient';
  if (classCode === undefined) {
    if (/emergency (?:department|room|care)|accident and emergency|\ba ?[&+] ?e\b|casualty/i.test(words))
      return 'emergency';
    if (/in-?patient|hospital stay|admission to (?:hospital|ward)|hospital admission/i.test(words)) return 'stay';
  }
  return 'visit';
}
