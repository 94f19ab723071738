import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { people } from './testing-people.ts';
import { doctor, startTestHub, type TestHub } from './testing.ts';

const nurse = { ...doctor, id: '555000000002', name: 'Sister Joy Mensah' };
const registrar = { ...doctor, id: 'jmensah', name: 'Dr Joy Mensah' };

interface Tokens {
  patient?: string;
  refresh_token?: string;
  last_opened?: string;
}

eachEngine('when this user last opened this person (T14)', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());
  beforeEach(async () => {
    await db().query('delete from opening');
  });

  const open = async (who = doctor, nhsNumber: string = people.ann.nhs): Promise<Tokens> => {
    const handle = await hub.launch({ user: who, patient: { nhsNumber } });
    const { url, verifier } = await hub.authorizeUrl({ launch: handle });
    const answer = await fetch(url, { redirect: 'manual' });
    const code = new URL(answer.headers.get('location') ?? 'none:').searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: hub.callback, code_verifier: verifier };
    return (await (await hub.token(form)).json()) as Tokens;
  };
  /** As if everything so far had happened so many minutes earlier. */
  const minutesPass = async (minutes: number): Promise<void> => {
    await db().query(
      `update opening set last_at = last_at - make_interval(mins => $1), before_at = before_at - make_interval(mins => $1)`,
      [minutes],
    );
  };

  it('is not said at the first opening, nor at others of the same sitting', async () => {
    expect(await open()).toMatchObject({ patient: people.ann.id });
    expect(await open()).not.toHaveProperty('last_opened');
    await minutesPass(29);
    expect(await open()).not.toHaveProperty('last_opened');
  });

  it('is the end of the sitting before, and stays so through a reload and a second launch', async () => {
    await open();
    await minutesPass(31);
    const { last_opened: before = '' } = await open();
    expect(before).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/);
    expect(Math.abs(Date.parse(before) - (Date.now() - 31 * 60_000))).toBeLessThan(60_000);
    expect((await open()).last_opened).toBe(before);
    await minutesPass(60);
    // The sitting of the last two openings, which is an hour ago now.
    const third = Date.parse((await open()).last_opened ?? '');
    expect(Math.abs(third - (Date.now() - 60 * 60_000))).toBeLessThan(60_000);
  });

  it('is told to nobody else, and of nobody else: other users and other people have their own', async () => {
    await open(doctor);
    await minutesPass(24 * 60);
    expect(await open(nurse)).not.toHaveProperty('last_opened');
    expect(await open(registrar)).not.toHaveProperty('last_opened');
    expect(await open(doctor, people.bea.nhs)).not.toHaveProperty('last_opened');
    expect(await open(doctor)).toHaveProperty('last_opened');
  });

  it('is said once, with the code: a refresh says nothing of it and is no opening', async () => {
    await open();
    await minutesPass(31);
    const { refresh_token: token = '', last_opened: before } = await open();
    await minutesPass(31);
    const refreshed = (await (await hub.token({ grant_type: 'refresh_token', refresh_token: token })).json()) as Tokens;
    expect(refreshed.patient).toBe(people.ann.id);
    expect(refreshed).not.toHaveProperty('last_opened');
    expect(Date.parse((await open()).last_opened ?? '')).toBeLessThan(Date.now() - 30 * 60_000);
    expect(before).toBeDefined();
  });

  it('is noted only once a token was given: an authorization nobody took up is no look at the record', async () => {
    const { url } = await hub.authorizeUrl({ launch: await hub.launch() });
    await fetch(url, { redirect: 'manual' });
    expect(await db().query('select * from opening')).toEqual([]);
  });
});
