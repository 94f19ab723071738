import type { AllergyIntolerance, Condition, Flag, List, MedicationStatement, Resource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import type { SourceFacts } from '../completeness.ts';
import { from } from '../testing.ts';
import type { KnownState } from './state.ts';
import { read, source, subject, view } from './testing.ts';
import type { Topic, TopicId } from './topics.ts';

// Every topic whose absence could mislead × what was read of it × how its sources are × what is withheld × what is stated
// (misreadings 1 and 2). The expected state is worked out anew here, from the rule's own words.

const penicillin: AllergyIntolerance = {
  resourceType: 'AllergyIntolerance',
  id: 'a',
  meta: from('emis'),
  patient: subject,
  clinicalStatus: { coding: [{ code: 'active' }] },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  code: { text: 'Penicillin' },
};
const noneKnown: AllergyIntolerance = { ...penicillin, id: 'n', code: { coding: [{ code: '716186003' }] } };
const flag = (id: string, text: string, parts: Partial<Flag> = {}): Flag => ({
  resourceType: 'Flag',
  id,
  meta: from('liquidlogic'),
  status: 'active',
  subject,
  code: { text },
  ...parts,
});
const asthma: Condition = {
  resourceType: 'Condition',
  id: 'c',
  subject,
  clinicalStatus: { coding: [{ code: 'active' }] },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  code: { text: 'Asthma' },
};
const metformin: MedicationStatement = {
  resourceType: 'MedicationStatement',
  id: 'm',
  status: 'active',
  subject,
  medicationCodeableConcept: { text: 'Metformin' },
};
const emptyList = (code: string): List => ({
  resourceType: 'List',
  id: 'l',
  status: 'current',
  mode: 'snapshot',
  code: { coding: [{ code }] },
  emptyReason: { coding: [{ code: 'nilknown' }] },
});
const special = { meta: from('adastra') };

interface Case {
  type: TopicId;
  known: Resource;
  none: Resource;
  /** Where the statement of none is told, when not among the topic's own type. */
  noneType?: TopicId;
  state: (panel: ReturnType<typeof view>) => KnownState;
}

const topics: Record<string, Case> = {
  allergies: {
    type: 'AllergyIntolerance',
    known: penicillin,
    none: noneKnown,
    state: (panel) => panel.allergies.state,
  },
  'resuscitation plans': {
    type: 'Flag',
    known: flag('1', 'DNACPR in place'),
    none: flag('2', 'No resuscitation plan'),
    state: (panel) => panel.alerts.resuscitation.state,
  },
  safeguarding: {
    type: 'Flag',
    known: flag('1', 'Safeguarding: adult at risk'),
    none: flag('2', 'No safeguarding concerns'),
    state: (panel) => panel.alerts.safeguarding.state,
  },
  'special notes': {
    type: 'Flag',
    known: flag('1', 'Key safe at the back', special),
    none: flag('2', 'No special notes', special),
    state: (panel) => panel.alerts['special-notes'].state,
  },
  'reasonable adjustments': {
    type: 'Flag',
    known: flag('1', 'Needs easy read letters'),
    none: flag('2', 'No reasonable adjustments'),
    state: (panel) => panel.alerts['reasonable-adjustments'].state,
  },
  'other alerts': {
    type: 'Flag',
    known: flag('1', 'Lives alone'),
    none: flag('2', 'No alerts'),
    state: (panel) => panel.alerts['other-alerts'].state,
  },
  problems: {
    type: 'Condition',
    known: asthma,
    none: emptyList('11450-4'),
    noneType: 'List',
    state: (panel) => panel.problems.state,
  },
  medicines: {
    type: 'MedicationStatement',
    known: metformin,
    none: emptyList('10160-0'),
    noneType: 'List',
    state: (panel) => panel.medicines.state,
  },
};

const readings = ['read', 'loading', 'failed'] as const;
const sourceStates = ['ok', 'late', 'partial', 'failed', 'not-connected'] as const;
const statements = ['nothing', 'none', 'known', 'both'] as const;

interface Situation {
  reading: (typeof readings)[number];
  sourceState: SourceFacts['status'];
  sourcesRead: 'read' | 'loading' | 'failed';
  withheld: 'none' | 'some';
  strangers: number;
  stated: (typeof statements)[number];
}

const situations: Situation[] = readings.flatMap((reading) =>
  sourceStates.flatMap((sourceState) =>
    (['read', 'loading', 'failed'] as const).flatMap((sourcesRead) =>
      (['none', 'some'] as const).flatMap((withheld) =>
        [0, 1].flatMap((strangers) =>
          statements.map((stated) => ({ reading, sourceState, sourcesRead, withheld, strangers, stated })),
        ),
      ),
    ),
  ),
);

/** The rule in its own words. What was not read states nothing. */
function expected({ reading, sourceState, sourcesRead, withheld, strangers, stated }: Situation): KnownState {
  const heard = reading === 'read' ? stated : 'nothing';
  if (heard === 'known' || heard === 'both') return 'known';
  if (reading === 'loading' || sourcesRead === 'loading') return 'loading';
  const everythingRead =
    reading === 'read' &&
    sourcesRead === 'read' &&
    sourceState !== 'failed' &&
    sourceState !== 'partial' &&
    strangers === 0;
  if (!everythingRead) return 'unavailable';
  return heard === 'none' && withheld === 'none' ? 'none' : 'not-recorded';
}

describe.each(Object.entries(topics))('%s: what was read × sources × withheld × statements', (_, topic) => {
  it.each(sourceStates)('with a source that is %s', (sourceState) => {
    for (const situation of situations.filter((one) => one.sourceState === sourceState)) {
      const { reading, sourcesRead, withheld, strangers, stated } = situation;
      const known = stated === 'known' || stated === 'both' ? [topic.known] : [];
      const none = stated === 'none' || stated === 'both' ? [topic.none] : [];
      const { noneType } = topic;
      const own = reading === 'read' ? [...known, ...(noneType === undefined ? none : [])] : [];
      const topicState: Topic = { status: reading, resources: own, strangers };
      // A list that is told apart from its topic is read with it.
      const lists = noneType === undefined || reading !== 'read' ? [] : none;
      const panel = view(
        { [topic.type]: topicState, ...(noneType === undefined ? {} : { [noneType]: read(...lists) }) },
        { sources: [source('emis'), source('system-c', sourceState)], sourcesRead, withheld },
      );
      expect([JSON.stringify(situation), topic.state(panel)]).toEqual([JSON.stringify(situation), expected(situation)]);
    }
  });
});

it('a source that sent only part is said to be partly read, and never to have failed', () => {
  const part = { sources: [source('emis'), source('system-c', 'partial')] };
  expect(view({ AllergyIntolerance: read(penicillin) }, part).allergies.notes).toEqual([
    'May be incomplete: a source was only partly read.',
  ]);
  expect(view({}, part).allergies.notes).toEqual(['A source was only partly read.']);
  expect(view({}, part).problems.note).toBe('May be incomplete: a source was only partly read.');
});

describe('a type that this hub has nothing of (absent)', () => {
  const absent: Topic = { status: 'failed', absent: true, resources: [], strangers: 0 };

  it('is not connected: never none, and never said to be a source that could not be read', () => {
    const { allergies, alerts } = view({ AllergyIntolerance: absent, Flag: absent });
    expect([allergies.state, allergies.notes]).toEqual(['unavailable', ['Not connected to this record service.']]);
    expect([alerts.safeguarding.state, alerts.safeguarding.notes]).toEqual([
      'unavailable',
      ['Not connected to this record service.', 'Check the original.'],
    ]);
  });

  it('leaves what other types tell known, as possibly incomplete; a real failure beside it is said as one', () => {
    expect(view({ AllergyIntolerance: read(penicillin), List: absent }).allergies.notes).toEqual([
      'May be incomplete: not all of it is connected.',
    ]);
    const failed: Topic = { status: 'failed', resources: [], strangers: 0 };
    expect(view({ AllergyIntolerance: failed, List: absent }).allergies.notes).toEqual(['A source could not be read.']);
  });
});
