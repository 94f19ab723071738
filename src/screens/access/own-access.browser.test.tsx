import type { Parameters, Resource } from 'fhir/r4';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ReadFailure, type Session } from '../../launch/session.ts';
import { createRecordReader } from '../../record/record-reader.ts';
import type { RecordReader } from '../../record/record-state.ts';
import '../../styles.css';
import { axeProblems } from '../testing/axe.ts';
import { fakeHub } from '../testing/fake-session.ts';
import { endpoints, florence, florenceId, florencesRecord, withheldOutcome } from '../testing/florence.ts';
import { TimelineScreen } from '../timeline-screen.tsx';
import { bannerOf } from '../../timeline/banner.ts';
import { KeptRecord } from './kept-record.tsx';
import { OwnAccessLine } from './own-access-line.tsx';

const now = Date.now();
const later = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const readers: RecordReader[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

type Parameter = NonNullable<Parameters['parameter']>[number];
const lastResort = (until: string, again: string): Parameter => ({
  name: 'mayBreakGlass',
  part: [
    { name: 'until', valueDateTime: until },
    { name: 'again', valueCode: again },
  ],
});
const known = (ground: string, more: Parameter[] = []): Parameter[] => [
  { name: 'ground', valueCode: ground },
  { name: 'withheld', valueCode: 'some' },
  { name: 'mayDeclare', valueBoolean: true },
  ...more,
];

/** A hub that says of the reader's access what `says` holds, and takes what is sent. */
function hubThat(says: { access: Parameter[] }, resources: readonly Resource[]) {
  const sent: unknown[] = [];
  const hub = fakeHub({
    patientId: florenceId,
    resources,
    endpoints: endpoints(now),
    outcomes: [withheldOutcome],
  });
  const refuse: { next?: ReadFailure } = {};
  const session: Session = {
    ...hub.session,
    read: (path, options) =>
      path.endsWith('$access')
        ? Promise.resolve({ body: { resourceType: 'Parameters', parameter: says.access }, serverTime: undefined })
        : hub.session.read(path, options),
    send: (method, path, body) => {
      const refusal = refuse.next;
      delete refuse.next;
      if (refusal !== undefined) return Promise.reject(refusal);
      sent.push([method, path, (body as Parameters).parameter]);
      return Promise.resolve({ body: {}, serverTime: undefined });
    },
  };
  const reader = createRecordReader(session);
  readers.push(reader);
  return { session, reader, sent, refuse };
}

test('without a ground stands who the person is, and why no more; never an empty list', async () => {
  const { session, reader } = hubThat({ access: known('none') }, [florence()]);
  await render(<TimelineScreen session={session} reader={reader} />);
  await expect.element(page.getByRole('heading', { name: 'Say why you open this record' })).toBeVisible();
  await expect.element(page.getByTestId('patient-banner')).toHaveAttribute('data-nhs-number', '9990000018');
  expect(document.body.textContent).not.toMatch(/sent no entries|0 entries|No entries/);
  expect(await axeProblems()).toEqual([]);
});

test('saying why wants a choice, and words for a person who is not here; what was typed stays', async () => {
  const { session, sent, refuse } = hubThat({ access: known('none') }, [florence()]);
  let begun = 0;
  const banner = bannerOf(florence(), now);
  await render(<KeptRecord session={session} banner={banner} reading={false} startAnew={() => (begun += 1)} />);
  const open = page.getByRole('button', { name: 'Open the record' });
  await open.click();
  await expect.element(page.getByRole('alert').getByText('Say why you open this record.')).toBeVisible();
  await page.getByRole('radio', { name: /The person is not here/ }).click();
  await open.click();
  await expect.element(page.getByText(/Say in a few words why you open the record/)).toBeVisible();
  expect(sent).toEqual([]);
  const words = page.getByRole('textbox', { name: 'Reason in your own words' });
  await words.fill('Care review tomorrow');
  refuse.next = new ReadFailure('unreachable', 'The hub did not answer.');
  await open.click();
  await expect.element(page.getByText('The record service did not answer.')).toBeVisible();
  await expect.element(words).toHaveValue('Care review tomorrow');
  expect(begun).toBe(0);
  await open.click();
  await expect.poll(() => begun).toBe(1);
  expect(sent).toEqual([
    [
      'POST',
      `Patient/${florenceId}/$declare-relationship`,
      [
        { name: 'ground', valueCode: 'absent' },
        { name: 'reason', valueString: 'Care review tomorrow' },
      ],
    ],
  ]);
});

test('a role that sees who the person is and nothing else is told so, and offered nothing', async () => {
  const access: Parameter[] = [
    { name: 'ground', valueCode: 'system' },
    { name: 'shows', valueCode: 'person' },
    { name: 'withheld', valueCode: 'some' },
  ];
  const { session, reader } = hubThat({ access }, [florence()]);
  await render(<TimelineScreen session={session} reader={reader} />);
  await expect.element(page.getByText(/In your role you see who the person is, and nothing else/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: /Open/ })).not.toBeInTheDocument();
  await expect.element(page.getByRole('radio')).not.toBeInTheDocument();
});

test('the last resort says what happens before it happens, and wants a reason', async () => {
  const says = { access: known('system', [lastResort(later(4), 'launch')]) };
  const { session, sent } = hubThat(says, florencesRecord(now));
  let begun = 0;
  await render(<OwnAccessLine session={session} startAnew={() => (begun += 1)} />);
  await expect.element(page.getByText('You read this as: known to EMIS.')).toBeVisible();
  await page.getByRole('button', { name: 'Open what is withheld…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Open what is withheld' });
  await expect.element(sheet.getByText(/The person and the privacy officer are told that you opened it/)).toBeVisible();
  expect(await axeProblems()).toEqual([]);
  const open = sheet.getByRole('button', { name: 'Open what is withheld' });
  await sheet.getByRole('radio', { name: 'Their life or safety is in danger' }).click();
  await sheet.getByRole('textbox').fill('urgent');
  await open.click();
  await expect.element(sheet.getByText(/Say in your own words why, in 10 characters or more/)).toBeVisible();
  expect(sent).toEqual([]);
  await sheet.getByRole('textbox').fill('Unconscious, brought in by ambulance');
  await open.click();
  await expect.poll(() => begun).toBe(1);
  expect(sent).toMatchObject([['POST', `Patient/${florenceId}/$break-glass`, [{ valueCode: 'vital-interest' }, {}]]]);
});

test('the last resort opens right beneath who the person is, over all that stands there', async () => {
  const says = { access: known('agrees', [lastResort(later(4), 'launch')]) };
  const { session } = hubThat(says, [florence()]);
  // As a longer record before it has left it.
  document.documentElement.style.setProperty('--header-height', '200px');
  await render(<KeptRecord session={session} banner={bannerOf(florence(), now)} reading={false} />);
  await page.getByRole('button', { name: 'Open what is withheld…' }).click();
  const top = page.getByRole('dialog').element().getBoundingClientRect().top;
  const header = page.getByRole('banner', { includeHidden: true }).element().getBoundingClientRect();
  expect(header.height).toBeGreaterThan(30);
  expect(Math.abs(top - header.bottom)).toBeLessThanOrEqual(1);
});

test('broken glass stands to be seen, beside the record, until its end', async () => {
  const until = { name: 'brokeGlass', part: [{ name: 'until', valueDateTime: later(120) }] };
  const { session, reader } = hubThat({ access: known('system', [until]) }, florencesRecord(now));
  await render(<TimelineScreen session={session} reader={reader} />);
  await expect.element(page.getByText(/Glass broken until \d\d:\d\d\./)).toBeVisible();
  await expect.element(page.getByRole('button', { name: /Open what is withheld/ })).not.toBeInTheDocument();
});

test('too long after the sign-on the way is to sign on again, whether the page knows it or the hub says so', async () => {
  const says = { access: known('agrees', [lastResort(later(-1), 'sign-on')]) };
  const first = hubThat(says, florencesRecord(now));
  const shown = await render(<OwnAccessLine session={first.session} />);
  await page.getByRole('button', { name: 'Open what is withheld…' }).click();
  await expect.element(page.getByRole('link', { name: 'Sign on again' })).toHaveAttribute('href', '/?afresh');
  await expect.element(page.getByRole('radio')).not.toBeInTheDocument();
  await shown.unmount();

  const second = hubThat({ access: known('system', [lastResort(later(1), 'launch')]) }, florencesRecord(now));
  second.refuse.next = new ReadFailure('stale-sign-on', 'Too long ago.', 401);
  await render(<OwnAccessLine session={second.session} />);
  await page.getByRole('button', { name: 'Open what is withheld…' }).click();
  await page.getByRole('radio', { name: 'A law or a court requires it' }).click();
  await page.getByRole('textbox').fill('A court has asked for it');
  await page.getByRole('dialog').getByRole('button', { name: 'Open what is withheld' }).click();
  await expect.element(page.getByText(/Open it again from EMIS/)).toBeVisible();
});

test('what was declared is ended by a press, and nothing of what was read stays in the page', async () => {
  const until = new Date(Date.UTC(2028, 10, 22)).toISOString();
  const says = {
    access: known('cannot', [
      { name: 'until', valueDateTime: until },
      { name: 'revocable', valueBoolean: true },
    ]),
  };
  const { session, sent, refuse } = hubThat(says, florencesRecord(now));
  let begun = 0;
  await render(<OwnAccessLine session={session} startAnew={() => (begun += 1)} />);
  const declared = page.getByText('You declared: the person cannot consent, until 22-Nov-2028.');
  await expect.element(declared).toBeVisible();
  // Its end stands in its own line, and begins at its edge where the words take the whole of it.
  const end = page.getByRole('button', { name: 'End it' });
  expect(declared.element().parentElement).toBe(end.element().parentElement);
  expect(getComputedStyle(end.element()).paddingLeft).toBe('0px');
  refuse.next = new ReadFailure('unreachable', 'The hub did not answer.');
  await page.getByRole('button', { name: 'End it' }).click();
  await expect.element(page.getByRole('alert').getByText('The record service did not answer.')).toBeVisible();
  expect(begun).toBe(0);
  await page.getByRole('button', { name: 'End it' }).click();
  await expect.poll(() => begun).toBe(1);
  expect(sent).toEqual([['POST', `Patient/${florenceId}/$revoke-relationship`, undefined]]);
});
