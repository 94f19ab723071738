import type { AuditEvent, Consent, Resource } from 'fhir/r4';
import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { keptForSystem, odsSystem } from '../../../fhir/systems.ts';
import { ReadFailure, type Session } from '../../launch/session.ts';
import { createRecordReader } from '../../record/record-reader.ts';
import type { RecordReader } from '../../record/record-state.ts';
import '../../styles.css';
import { axeProblems } from '../testing/axe.ts';
import { fakeHub } from '../testing/fake-session.ts';
import { endpoints, florenceId, florencesRecord } from '../testing/florence.ts';
import type { Entry } from '../../timeline/entry.ts';
import { DetailsCache } from '../../record/details-cache.tsx';
import { entryOf } from '../testing/entries.ts';
import { SealItem } from './seal-item.tsx';
import { TimelineScreen } from '../timeline-screen.tsx';

const now = Date.now();
const readers: RecordReader[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

const whittington = {
  resourceType: 'Organization',
  id: 'o1',
  identifier: [{ system: odsSystem, value: 'RKE' }],
  name: 'Whittington Health NHS Trust',
} as Resource;

/** A look by the hub's word for the act, minutes ago. */
function look(
  id: string,
  minutes: number,
  name: string,
  act: string,
  more: Partial<AuditEvent['agent'][0]> = {},
): Resource {
  return {
    resourceType: 'AuditEvent',
    id,
    type: { code: 'rest' },
    subtype: [{ code: act }],
    recorded: new Date(now - minutes * 60_000).toISOString(),
    outcome: '0',
    agent: [
      { requestor: true, name, altId: name, role: [{ coding: [{ code: 'R0260' }] }], ...more },
      { requestor: false, name: 'emis' },
    ],
    source: { observer: { display: 'hub' } },
  } as AuditEvent;
}

/** Florence, signed in to her own record on a hub that keeps what she sends. */
function herOwn(resources: readonly Resource[] = [], faults: Record<string, 'server'> = {}) {
  const kept: Resource[] = [...florencesRecord(now), whittington, ...resources];
  const wired = endpoints(now).map((one) => ({ ...one, managingOrganization: { display: 'RKE' } }));
  const hub = fakeHub({ patientId: florenceId, resources: kept, endpoints: wired, faults, pageSize: 100 });
  const refuse: { next?: ReadFailure } = {};
  const session: Session = {
    ...hub.session,
    user: { name: 'ADEYEMI, Florence', fhirUser: `https://hub.example/fhir/Patient/${florenceId}` },
    openedFrom: undefined,
    send: (method, path, body) => {
      const refusal = refuse.next;
      delete refuse.next;
      if (refusal !== undefined) return Promise.reject(refusal);
      const label = { security: [{ system: keptForSystem, code: 'person' }] };
      if (method === 'POST') kept.push({ ...(body as Consent), id: `c${kept.length}`, meta: label });
      else
        kept.splice(
          kept.findIndex(({ id }) => path === `Consent/${id}`),
          1,
        );
      return Promise.resolve({ body: undefined, serverTime: undefined });
    },
  };
  const consents = () => kept.filter(({ resourceType }) => resourceType === 'Consent') as Consent[];
  return { session, refuse, consents, faults: hub.faults };
}

async function show(session: Session) {
  const reader = createRecordReader(session);
  readers.push(reader);
  await render(<TimelineScreen session={session} reader={reader} />);
}

const press = async (name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();

describe('The person reads their own record, and', () => {
  it.each([[1280], [390]])('keeps one kind from one hospital, is told so, and undoes it (%i px)', async (width) => {
    await page.viewport(width, 844);
    const { session, consents } = herOwn();
    await show(session);
    await press('Who may look');
    await expect.element(page.getByText('Nothing.', { exact: true })).toBeVisible();
    await page.getByLabelText('What', { exact: true }).selectOptions('mental');
    await page.getByLabelText('Kept back from').selectOptions('RKE');
    await expect.element(page.getByText(/In an emergency/)).toBeVisible();
    expect(await axeProblems()).toEqual([]);
    await press('Keep back');
    await expect
      .element(page.getByText('Saved. Kept back from Whittington Health NHS Trust: Mental health.'))
      .toBeVisible();
    await expect.element(page.getByText(/^Kept back from Whittington Health NHS Trust, decided/)).toBeVisible();
    await expect.element(page.getByText('You keep this back already.')).toBeVisible();
    expect(consents()[0]?.provision).toMatchObject({ type: 'deny', securityLabel: [{ code: 'mental' }] });
    await press('Undo Mental health');
    await expect.element(page.getByText('Undone. Given again: Mental health.')).toBeVisible();
    expect(consents()).toEqual([]);
  });

  it('is told that nothing has changed when a choice could not be saved, and that choices hold that cannot be read', async () => {
    const { session, refuse, consents, faults } = herOwn();
    await show(session);
    await press('Who may look');
    // A press that chose nothing keeps nothing back.
    const keepBack = page.getByRole('button', { name: 'Keep back' });
    await expect.element(keepBack).toHaveAttribute('aria-disabled', 'true');
    (keepBack.element() as HTMLButtonElement).click();
    expect(consents()).toEqual([]);
    await page.getByLabelText('What', { exact: true }).selectOptions('Everything');
    await expect.element(page.getByText(/no allergies, no medicines/)).toBeVisible();
    refuse.next = new ReadFailure('unreachable', 'no answer');
    await press('Keep back');
    await expect
      .element(page.getByText('Not saved, nothing has changed. The record service did not answer.'))
      .toBeVisible();
    await press('Close');
    faults['Consent'] = 'server';
    const other = herOwn([], { Consent: 'server' });
    await show(other.session);
    await page.getByRole('button', { name: 'Who may look' }).last().click();
    await expect.element(page.getByText('Your choices could not be read. They still hold.')).toBeVisible();
  });

  it('keeps an opened entry from everybody with what is linked to it, and takes that back', async () => {
    await page.viewport(1280, 844);
    const { session, consents } = herOwn();
    await show(session);
    await page.getByRole('article').nth(1).getByRole('button').first().click();
    await press('Keep this from everybody');
    await expect.element(page.getByText('You keep this from everybody, with what is linked to it.')).toBeVisible();
    const [data] = consents()[0]?.provision?.data ?? [];
    expect(data).toMatchObject({ meaning: 'related', reference: { display: expect.stringContaining('20') as string } });
    await press('Undo');
    await expect.element(page.getByText('Undone. Those who care for you see it again.')).toBeVisible();
    expect(consents()).toEqual([]);
  });

  it('is told of what came of a sealed entry after it was sealed, and keeps that back, too', async () => {
    const { session, consents } = herOwn();
    const statement = (reference: string): Entry['statements'][number] => ({
      reference,
      resource: { resourceType: 'Encounter' },
      source: 'carecast',
      organisation: undefined,
    });
    const visit = entryOf('Encounter/e', '2026-08-20');
    const shown = (statements: Entry['statements']) => (
      <DetailsCache session={session}>
        <SealItem session={session} entry={visit} statements={statements} />
      </DetailsCache>
    );
    const { rerender } = await render(shown(visit.statements));
    await press('Keep this from everybody');
    await expect.element(page.getByText('You keep this from everybody, with what is linked to it.')).toBeVisible();
    // The practice files its copy of the letter: it points at nothing that the hub could follow.
    await rerender(shown([...visit.statements, statement('DocumentReference/copy')]));
    await press('Keep that back too');
    await expect.element(page.getByText('Others may see that part.')).not.toBeInTheDocument();
    const kept = consents().flatMap(({ provision }) => provision?.data ?? []);
    expect(kept.map(({ reference }) => reference.reference)).toEqual(['Encounter/e', 'DocumentReference/copy']);
    await press('Undo');
    await expect.element(page.getByRole('button', { name: 'Keep this from everybody' })).toBeVisible();
    expect(consents()).toEqual([]);
  });

  it.each([[1280], [390]])('reads who looked, a broken glass above all (%i px)', async (width) => {
    await page.viewport(width, 844);
    const glass = { purposeOfUse: [{ coding: [{ code: 'BTG' }], text: 'Unconscious, no history' }] };
    const { session } = herOwn([
      look('a1', 5, 'Dr Ada Byrne', 'launch'),
      look('a2', 300, 'Dr Sam Reed', 'break-glass', glass),
    ]);
    await show(session);
    await press('Who looked');
    await expect.element(page.getByText('Dr Ada Byrne')).toBeVisible();
    await expect.element(page.getByText('Opened the record.')).toBeVisible();
    await expect.element(page.getByText(/They wrote: “Unconscious, no history”/)).toBeVisible();
    await expect.element(page.getByText('That is everybody.')).toBeVisible();
    expect(await axeProblems()).toEqual([]);
  });

  it('is told when who looked cannot be read', async () => {
    const { session } = herOwn([], { AuditEvent: 'server' });
    await show(session);
    await press('Who looked');
    await expect.element(page.getByText(/Who looked could not be read/)).toBeVisible();
  });
});

it('A clinician is offered none of it', async () => {
  const { session } = herOwn();
  await show({ ...session, user: { name: 'Dr A Okafor', fhirUser: 'https://hub.example/fhir/Practitioner/p' } });
  await expect.element(page.getByRole('article').first()).toBeVisible();
  expect(page.getByRole('button', { name: 'Who may look' }).elements()).toEqual([]);
});
