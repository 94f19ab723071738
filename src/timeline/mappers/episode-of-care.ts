import type { EpisodeOfCare } from 'fhir/r4';
import type { PartialDate } from '../../../fhir/partial-date.ts';
import { type LookContext, nameOf } from '../context.ts';
import { formatDate, formatInstant, formatWeekdayDate } from '../dates.ts';
import type { Entry, State } from '../entry.ts';
import { laneOf } from '../lane.ts';
import { concept, date, items, keyOf, text } from '../read.ts';
import { sourceOf, statementOf } from '../source.ts';
import { capital, inWords, lowerStart, phrases } from '../words.ts';
import { asCarer } from './carer.ts';
import { timeCautions } from './times.ts';

/** A service or care package: what was arranged, never that care was given (misreading 12). */
export function mapEpisodeOfCare(episode: EpisodeOfCare, context: LookContext): Entry {
  const types = items(episode.type)
    .map(concept)
    .filter((word) => word !== undefined);
  const provider = nameOf(episode.managingOrganization, episode, context);
  const { lane } = laneOf({
    source: sourceOf(episode),
    classCode: undefined,
    typeWords: types,
    placeWords: provider === undefined ? [] : [provider],
    placeCodes: [],
  });
  const start = date(episode.period?.start);
  const end = date(episode.period?.end);
  const state = stateOf(episode, start, end, context.now);
  const name = lane === 'mental-health' ? 'Mental health care' : capital(inWords(types[0] ?? nameless(lane)));
  return {
    key: keyOf(episode),
    kind: 'package',
    lane,
    state,
    title: state === 'cancelled' ? `Cancelled: ${lowerStart(name)}` : `${name}: ${stageWords(episode, state, lane)}`,
    detail: phrases(
      ...(lane === 'mental-health' ? [] : types.slice(1)),
      provider,
      nameOf(episode.careManager, episode, context),
      ...items(episode.team).map((team) => nameOf(team, episode, context)),
    ),
    facts: phrases(asCarer(...types) ? 'As a carer' : undefined, statusWords(episode), reviewWords(episode)).slice(
      0,
      3,
    ),
    cautions: [...cautionsOf(episode, state, end, context), ...timeCautions(episode.period)],
    start,
    end,
    lasting: true,
    moves: [],
    children: [],
    statements: [statementOf(episode)],
  };
}

function nameless(lane: Entry['lane']): string {
  return lane === 'social-care' ? 'Social care service' : 'Care';
}

/** On hold stays open: it may begin again, and somebody is answerable for it. */
function stateOf(
  episode: EpisodeOfCare,
  start: PartialDate | undefined,
  end: PartialDate | undefined,
  now: number,
): State {
  const status = text(episode.status);
  if (status === 'cancelled') return 'cancelled';
  if (status === 'finished') return 'closed';
  if (status === 'planned' || status === 'waitlist') {
    return start === undefined || start.end > now ? 'planned' : 'unknown';
  }
  if (status === 'active' || status === 'onhold') return start !== undefined && start.start > now ? 'planned' : 'open';
  return end !== undefined && end.end <= now ? 'closed' : 'open';
}

function stageWords(episode: EpisodeOfCare, state: State, lane: Entry['lane']): string {
  if (text(episode.status) === 'waitlist') return 'waiting list';
  if (state === 'planned' || state === 'unknown') return 'planned';
  return lane === 'social-care' ? 'arranged' : 'period of care';
}

/** Since when and until when is the date's to say. */
function statusWords(episode: EpisodeOfCare): string | undefined {
  switch (text(episode.status) ?? '') {
    case 'active':
      return 'active';
    case 'onhold':
      return 'On hold';
    case 'finished':
      return 'ended';
    default:
      return undefined;
  }
}

/** The next review, where the source's extension names one (its address differs between councils). */
function reviewWords(episode: EpisodeOfCare): string | undefined {
  for (const item of items(episode.extension)) {
    if (!/review/i.test(text(item.url) ?? '')) continue;
    const when = date(item.valueDate) ?? date(item.valueDateTime) ?? date(item.valuePeriod?.start);
    if (when !== undefined) return `next review ${formatWeekdayDate(when)}`;
  }
  return undefined;
}

function cautionsOf(
  episode: EpisodeOfCare,
  state: State,
  end: PartialDate | undefined,
  context: LookContext,
): string[] {
  const status = text(episode.status);
  const cautions: string[] = [];
  if (state === 'unknown') cautions.push('Not known if it began');
  if (state === 'open' && end !== undefined && end.end <= context.now) {
    cautions.push(`Planned end ${formatDate(end)} has passed, not recorded as ended`);
  }
  if (state === 'closed' && status === 'finished' && end === undefined) cautions.push('End date not recorded');
  if (state === 'open' && status !== 'active' && status !== 'onhold') {
    const source = sourceOf(episode);
    const asAt = (source === undefined ? undefined : context.asAt?.get(source)) ?? context.now;
    cautions.push(`Not known if still active, as at ${formatInstant(asAt)}`);
  }
  return cautions;
}
