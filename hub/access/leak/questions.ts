import { capabilityOf } from '../../fhir/capabilities.ts';
import { examples } from '../../fhir/test-resources.ts';
import type { ResourceType } from '../../../fhir/resource-types.ts';
import { kinds, type AccessFacts, type Denial } from '../access.ts';
import { outcomes, type Policy, type PolicyGround, type PolicyLine } from '../policy/policy.ts';
import { usualPolicy } from '../testing.ts';
import type { Case } from './oracle.ts';
import { pick, type Chance, type Thing, type World } from './world.ts';

// For the leak test: who asks, and what, all by chance.

// Those who see something more often than those who see nothing.
const roles = ['R0260', 'R0260', 'R0260', 'R9570', 'R9570', 'R9570', 'R8010', 'R9999'];
const organisations = ['F83004', 'RKE01', ''];
const sources = ['emis', 'system-c', 'liquidlogic'];

/** A policy with other outcomes than the usual one, as far as the check of the file lets it. */
function arbitraryPolicy(chance: Chance): Policy {
  if (chance() < 0.4) return usualPolicy;
  const other = <T extends string>(said: Record<T, string>, fixed: readonly string[]) =>
    Object.fromEntries(
      Object.entries<string>(said).map(([name, outcome]) => [
        name,
        fixed.includes(name) || chance() < 0.6 ? outcome : pick(outcomes, chance),
      ]),
    );
  const sees = usualPolicy.sees.map(
    (line) =>
      ({
        ...line,
        kinds: other(line.kinds, []),
        labels: other(line.labels, ['veryRestricted', 'legal', 'own', 'other', 'sealed']),
      }) as unknown as PolicyLine,
  );
  return { ...usualPolicy, sees };
}

/** Somebody who reads: a role on a ground, with what the person keeps back. */
export function arbitraryCase(world: World, chance: Chance): Case {
  const role = chance() < 0.15 ? 'person' : chance() < 0.1 ? 'service' : pick(roles, chance);
  const own: PolicyGround[] =
    role === 'person' ? ['self'] : role === 'service' ? ['service'] : ['system', 'system', 'cannot', 'absent', 'none'];
  const denial = (): Denial => ({
    toOrganisation: chance() < 0.6 ? undefined : pick(['RKE', 'F83004'], chance),
    fromSource: chance() < 0.4 ? undefined : pick(sources, chance),
    kind: chance() < 0.2 ? undefined : pick(kinds, chance),
  });
  const facts: AccessFacts = {
    role,
    organisation: pick(organisations, chance),
    ground: pick(own, chance) as AccessFacts['ground'],
    brokeGlass: chance() < 0.15,
    denials: chance() < 0.3 ? [] : [denial(), ...(chance() < 0.4 ? [denial()] : [])],
  };
  return { policy: arbitraryPolicy(chance), facts, person: pick(world.people, chance) };
}

/** One request; the id that it guesses, where it does, may be put in place of another by whoever compares. */
export interface Asked {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base. */
  path: string;
  headers: Record<string, string>;
  payload?: string | undefined;
  guesses?: Thing | undefined;
}

const json = { 'content-type': 'application/fhir+json', prefer: 'return=representation' };
const plain = (path: string, guesses?: Thing): Asked => ({ method: 'GET', path, headers: {}, guesses });

/** Anything that can be asked of the service about this person. */
export function arbitraryQuestion(world: World, { person }: Case, chance: Chance): Asked {
  const of = chance() < 0.95 ? person : pick(world.people, chance);
  const things = world.things.filter((thing) => thing.person === of && thing.type !== 'Patient');
  const thing = pick(things, chance);
  const { type, id } = thing;
  const roll = Math.floor(chance() * 20);
  if (roll < 8) return searching(type, thing, things, chance);
  if (roll === 8) return plain(`${type}/${id}`, thing);
  if (roll === 9) return plain(`${type}/${id}/_history/${pick([1, 2, 3], chance)}`, thing);
  if (roll === 10) return plain(`${type}/${id}/_history`, thing);
  if (roll === 11) return plain(`${type}/_history${pick(['', '?_count=2', '?_since=2020'], chance)}`);
  if (roll === 12) return plain(`Patient/${of}/$everything${pick(['', '?_count=7', `?_type=${type}`], chance)}`);
  if (roll === 13) return plain(`${type}?_id=${id}`, thing);
  if (roll === 14) return pointing(thing, chance);
  if (roll === 15)
    return batch(Array.from({ length: 4 }, () => searching(pick(things, chance).type, thing, things, chance)));
  return writing(person, thing, chance);
}

function searching(type: ResourceType, thing: Thing, things: readonly Thing[], chance: Chance): Asked {
  const { parameters, includes, revincludes, sorts } = capabilityOf(type);
  const finds = Object.entries(examples(thing.person)[type as Exclude<ResourceType, 'Endpoint'>].finds);
  const known = finds.filter(
    ([name]) => name !== 'patient' && parameters.has(name) && parameters.get(name)?.kind !== 'reference',
  );
  const some = (from: readonly string[], name: string): [string, string][] =>
    from.filter(() => chance() < 0.6).map((value) => [name, value]);
  const query: [string, string][] = [
    ...known.filter(() => chance() < 0.15),
    ...some(
      includes.map((include) => `${type}:${include}`),
      '_include',
    ),
    ...some(revincludes, '_revinclude'),
    ...[...parameters.values()].flatMap((parameter): [string, string][] =>
      parameter.kind === 'reference' && parameter.missing && chance() < 0.2
        ? [[`${parameter.name}:missing`, pick(['true', 'false'], chance)]]
        : [],
    ),
  ];
  if (chance() < 0.25) return plain(`${type}?_summary=count`);
  query.push(...pick<[string, string][]>([[], [['_total', 'accurate']], [['_elements', 'id,implicitRules']]], chance));
  if (sorts.size > 0 && chance() < 0.5)
    query.push(['_sort', `${pick(['', '-'], chance)}${pick([...sorts.keys()], chance)}`]);
  query.push(['_count', pick(['1', '2', '100'], chance)]);
  const text = new URLSearchParams(query).toString();
  if (chance() < 0.2 && things.length > 0)
    return {
      method: 'POST',
      path: `${type}/_search`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: text,
    };
  return plain(`${type}?${text}`);
}

/** What points at the thing: a guess of its id where there is such a parameter. */
function pointing(thing: Thing, chance: Chance): Asked {
  const ways = (['Observation', 'Condition', 'DocumentReference', 'MedicationRequest', 'Procedure'] as const).flatMap(
    (type) =>
      [...capabilityOf(type).parameters.values()].flatMap((parameter) =>
        parameter.kind === 'reference' && parameter.targets.includes(thing.type) ? [`${type}?${parameter.name}=`] : [],
      ),
  );
  if (ways.length === 0) return plain(`${thing.type}/${thing.id}`, thing);
  return plain(`${pick(ways, chance)}${thing.type}/${thing.id}`, thing);
}

function batch(of: readonly Asked[]): Asked {
  const entry = of
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => ({ request: { method: 'GET', url: path } }));
  return {
    method: 'POST',
    path: '',
    headers: json,
    payload: JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry }),
  };
}

function writing(person: string, thing: Thing, chance: Chance): Asked {
  const { type, id } = thing;
  const reading = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Weight' },
    subject: { reference: `Patient/${person}` },
  };
  const pointed = JSON.stringify({ ...reading, derivedFrom: [{ reference: `${type}/${id}` }] });
  const writable = type === 'Observation' ? type : undefined;
  const body = JSON.stringify({ ...reading, id });
  const condition = `identifier=${encodeURIComponent('https://example.org/id|n-1')}&_id=${id}`;
  const ways: Asked[] = [
    { method: 'POST', path: 'Observation', headers: json, payload: pointed, guesses: thing },
    {
      method: 'POST',
      path: '',
      headers: json,
      payload: JSON.stringify({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [{ request: { method: 'POST', url: 'Observation' }, resource: JSON.parse(pointed) as object }],
      }),
      guesses: thing,
    },
    { method: 'DELETE', path: `Observation?${condition}`, headers: {}, guesses: thing },
    ...(writable === undefined
      ? []
      : ([
          { method: 'PUT', path: `Observation/${id}`, headers: json, payload: body, guesses: thing },
          { method: 'DELETE', path: `Observation/${id}`, headers: {}, guesses: thing },
          {
            method: 'PUT',
            path: `Observation?${condition}`,
            headers: json,
            payload: JSON.stringify(reading),
            guesses: thing,
          },
          {
            method: 'POST',
            path: 'Observation',
            headers: { ...json, 'if-none-exist': `_id=${id}` },
            payload: JSON.stringify({ ...reading, status: 'nonsense' }),
          },
        ] as Asked[])),
  ];
  return pick(ways, chance);
}
