import fastify, { type FastifyInstance } from 'fastify';
import type { Bundle, OperationOutcome } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fhirPlugin } from '../fhir/plugin.ts';
import { base, nextOf } from '../fhir/testing-hub.ts';
import { oneDatabase, type FreshDatabase } from '../store/testing.ts';
import type * as Filter from './filter.ts';
import type * as Gate from './gate.ts';
import type * as Revinclude from './revinclude.ts';
import type * as Everything from './everything.ts';
import type * as History from './history.ts';
import type * as SettleLabels from './label-links/settle-labels.ts';
import type * as WithheldReferences from './withheld-references.ts';
import { decideAccess } from './policy/decide-access.ts';
import type { Reader } from './reader.ts';
import { readerOf } from './testing.ts';
import { faultsToFind, withFault } from './leak/faults.ts';
import { isToldOf, leaksIn, outcomeFor, type Case } from './leak/oracle.ts';
import { arbitraryCase, arbitraryQuestion, type Asked } from './leak/questions.ts';
import { chances, makeWorld, marks, type Chance, type World } from './leak/world.ts';

// Harm: leaked record. Whoever asks, whatever the policy says, whatever the person keeps back, in whichever way it is asked:
// no answer holds an id or a word of what its reader may not have, nor tells that it is there; and where something is
// withheld of which they are to be told, they are. 20,000 answers at least, and each of the faults of leak/faults.ts is found.

vi.mock('./filter.ts', async (original) => {
  const filter = await original<typeof Filter>();
  const { spoilt: seen } = await import('./leak/faults.ts');
  return {
    ...filter,
    allowed: (...[reader, ...rest]: Parameters<typeof filter.allowed>) =>
      filter.allowed(seen('allowed', reader), ...rest),
    allowedWhenDeleted: (...[reader, ...rest]: Parameters<typeof filter.allowedWhenDeleted>) =>
      filter.allowedWhenDeleted(seen('deleted', reader), ...rest),
    withheldWithNotice: (...[reader, bound]: Parameters<typeof filter.withheldWithNotice>) =>
      filter.withheldWithNotice(seen('notice', reader), bound),
  };
});
vi.mock('./gate.ts', async (original) => {
  const gate = await original<typeof Gate>();
  const { spoilt: seen } = await import('./leak/faults.ts');
  return {
    ...gate,
    includedRows: (...[sql, reader, ...rest]: Parameters<typeof gate.includedRows>) =>
      gate.includedRows(sql, seen('include', reader), ...rest),
    countRows: (...[sql, reader, ...rest]: Parameters<typeof gate.countRows>) =>
      gate.countRows(sql, seen('count', reader), ...rest),
    readVersion: (...[sql, reader, ...rest]: Parameters<typeof gate.readVersion>) =>
      gate.readVersion(sql, seen('version', reader), ...rest),
    visibleReferences: (...[sql, reader, ...rest]: Parameters<typeof gate.visibleReferences>) =>
      gate.visibleReferences(sql, seen('references', reader), ...rest),
  };
});
vi.mock('./revinclude.ts', async (original) => {
  const { pointingRows } = await original<typeof Revinclude>();
  const { spoilt: seen } = await import('./leak/faults.ts');
  return {
    pointingRows: (...[sql, reader, ...rest]: Parameters<typeof pointingRows>) =>
      pointingRows(sql, seen('revinclude', reader), ...rest),
  };
});
vi.mock('./everything.ts', async (original) => {
  const { everythingRows } = await original<typeof Everything>();
  const { spoilt: seen } = await import('./leak/faults.ts');
  return {
    everythingRows: (...[sql, reader, query]: Parameters<typeof everythingRows>) =>
      everythingRows(sql, seen('everything', reader), query),
  };
});
vi.mock('./history.ts', async (original) => {
  const history = await original<typeof History>();
  const { spoilt: seen } = await import('./leak/faults.ts');
  return {
    ...history,
    historyRows: (...[sql, reader, query]: Parameters<typeof history.historyRows>) =>
      history.historyRows(sql, seen('history', reader), query),
  };
});
// The world's labels are set beside its content, so that each thing has its own: passing them on would take them off.
vi.mock('./label-links/settle-labels.ts', async (original) => ({
  ...(await original<typeof SettleLabels>()),
  settlePerson: () => Promise.resolve(),
}));
vi.mock('./withheld-references.ts', async (original) => {
  const references = await original<typeof WithheldReferences>();
  const { spoilt: seen } = await import('./leak/faults.ts');
  return {
    ...references,
    given: (...[sql, reader, ...rest]: Parameters<typeof references.given>) =>
      references.given(sql, seen('pointers', reader), ...rest),
  };
});

const cases = { answers: 20_000, questionsOfOne: 12, answersToFindAFault: 4000 };

interface Answered {
  status: number;
  /** With its headers. */
  text: string;
  body: string;
}

interface Found {
  wrong: string[];
  answers: number;
  giving: number;
}

/** What differs between two answers by when they were given, and by ids that are made for them. */
const ofTheMoment = /[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[^"]+|"(?:content-length|date)":"[^"]+"/g;

describe('Nothing leaks', () => {
  let fresh: FreshDatabase;
  let app: FastifyInstance;
  let world: World;
  let reader: Reader | undefined;
  beforeAll(async () => {
    fresh = await oneDatabase();
    const { db } = fresh;
    // What is tried here is what comes out; that every look is written down, in a chain, is tried elsewhere.
    await db.script('alter table audit disable trigger all');
    world = await makeWorld(db, 1, 6);
    app = fastify();
    await app.register(fhirPlugin, {
      prefix: '/fhir',
      database: db,
      base,
      readerOf: () => Promise.resolve(reader),
      smartConfiguration: () => ({}),
      allowedOrigins: [],
    });
  });
  afterAll(async () => {
    await app.close();
    await fresh.drop();
  });

  const readAs = ({ policy, facts, person }: Case): Reader =>
    readerOf(person, {
      access: decideAccess(policy, facts),
      scopes: [{ context: 'patient', type: '*', actions: 'cruds' }],
      user: { id: 'u1', name: 'Somebody', role: facts.role, organisation: facts.organisation },
    });

  const ask = async ({ method, path, headers, payload }: Asked): Promise<Answered> => {
    const answer = await app.inject({
      method,
      url: `/fhir/${path}`,
      headers: { authorization: 'Bearer x', 'accept-encoding': 'identity', ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: answer.statusCode, text: `${JSON.stringify(answer.headers)}\n${answer.body}`, body: answer.body };
  };

  /** What is wrong with the answers to one question, its pages to the end; how many those were, and how many gave something. */
  async function wrongIn(asked: Asked, who: Case, isWrittenMeanwhile: boolean): Promise<Found> {
    const wrong: string[] = [];
    let [answers, giving] = [0, 0];
    let matches = 0;
    let total: number | undefined;
    for (let page: Asked | undefined = asked; page !== undefined;) {
      const answer = await ask(page);
      const { text, body, status } = answer;
      if (page === asked && asked.guesses !== undefined) {
        wrong.push(...(await guessed(asked, answer, who)));
        answers += 1;
      }
      const request = `${asked.path} ${asked.payload ?? ''} ${asked.headers['if-none-exist'] ?? ''}`;
      if (status >= 500) wrong.push(`${status}: ${body}`);
      wrong.push(...leaksIn(text, request, who, world).map((mark) => `${page?.method} ${page?.path}: ${mark}`));
      answers += 1;
      if (body.search(marks) >= 0) giving += 1;
      const bundle = body.startsWith('{') ? (JSON.parse(body) as Bundle | OperationOutcome) : undefined;
      page = undefined;
      if (bundle?.resourceType !== 'Bundle') continue;
      if (bundle.type === 'batch-response') answers += (bundle.entry?.length ?? 1) - 1;
      if (bundle.type !== 'searchset') continue;
      const told = body.includes('"code":"suppressed"');
      if (told !== isToldOf(who, world)) wrong.push(`${asked.path}: ${told ? 'a notice of nothing' : 'no notice'}`);
      total ??= bundle.total;
      matches += bundle.entry?.filter(({ search }) => search?.mode === 'match').length ?? 0;
      const next = nextOf(bundle);
      if (next !== undefined && answers < 12) page = { method: 'GET', path: next, headers: {} };
      else if (next !== undefined) total = undefined;
    }
    // What is written while its pages are read comes on top.
    const isCounted = total === matches || (isWrittenMeanwhile && total !== undefined && total < matches);
    if (total !== undefined && !asked.path.includes('_summary') && !isCounted)
      wrong.push(`${asked.path}: ${total} counted, ${matches} given`);
    return { wrong, answers, giving };
  }

  /** What is not to be known of is answered as what was never there: the same words and headers. */
  async function guessed(asked: Asked, answer: Answered, who: Case): Promise<string[]> {
    const { guesses } = asked;
    if (guesses === undefined || outcomeFor(who, guesses) === 'shown') return [];
    const never = 'id000000000000';
    const other = await ask(JSON.parse(JSON.stringify(asked).replaceAll(guesses.id, never)) as Asked);
    const same = (text: string) => text.replaceAll(guesses.id, never).replaceAll(ofTheMoment, '');
    return answer.status === other.status && same(answer.text) === same(other.text)
      ? []
      : [`${asked.method} ${asked.path}: told from what is not there: ${answer.text} ${other.text}`];
  }

  /** Asks until so many answers were looked at, or something is wrong. */
  async function tryFor(answers: number, chance: Chance): Promise<Found> {
    const tried = { answers: 0, giving: 0 };
    while (tried.answers < answers) {
      const who = arbitraryCase(world, chance);
      reader = readAs(who);
      // What was written is one reader's own: it would only make the pages long.
      await fresh.db.script(`delete from resource where source = 'care-timeline'`);
      const asked = Array.from({ length: cases.questionsOfOne }, () => arbitraryQuestion(world, who, chance));
      const writes = asked.some(({ method, path }) => method !== 'GET' && !path.endsWith('_search'));
      const found = await Promise.all(asked.map((each) => wrongIn(each, who, writes)));
      tried.answers += found.reduce((sum, each) => sum + each.answers, 0);
      tried.giving += found.reduce((sum, each) => sum + each.giving, 0);
      const wrong = found.flatMap((each) => each.wrong);
      if (wrong.length > 0) return { ...tried, wrong: [JSON.stringify(who.facts), ...wrong] };
    }
    return { ...tried, wrong: [] };
  }

  it('whatever is stored, labelled, told again and asked for, in whichever way', { timeout: 600_000 }, async () => {
    const { wrong, answers, giving } = await tryFor(cases.answers, chances(2));
    expect(wrong).toEqual([]);
    expect(answers).toBeGreaterThanOrEqual(cases.answers);
    // Many give something: nothing leaks where nothing is given.
    expect(giving).toBeGreaterThan(cases.answers / 5);
  });

  it.each(faultsToFind)('but would, and be found, if $name', { timeout: 120_000 }, async (fault) => {
    await withFault(fault, async () => {
      const { wrong } = await tryFor(cases.answersToFindAFault, chances(2));
      expect(wrong).not.toEqual([]);
    });
  });
});
