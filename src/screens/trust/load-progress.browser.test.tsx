import type { Encounter } from 'fhir/r4';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createRecordReader } from '../../record/record-reader.ts';
import type { RecordReader } from '../../record/record-state.ts';
import '../../styles.css';
import { fakeHub } from '../testing/fake-session.ts';
import { endpoints, florence, florenceId } from '../testing/florence.ts';
import { TimelineScreen } from '../timeline-screen.tsx';

const now = Date.now();
const day = 86_400_000;
const readers: RecordReader[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

const visit = (number: number): Encounter => ({
  resourceType: 'Encounter',
  id: `visit-${number}`,
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: `Patient/${florenceId}` },
  period: { start: new Date(now - (number + 1) * 30 * day).toISOString() },
});

test('a long record says how far back it has got, stands still when stopped, and goes on to the end when asked', async () => {
  const hub = fakeHub({
    patientId: florenceId,
    resources: [florence(), ...Array.from({ length: 60 }, (_, number) => visit(number))],
    endpoints: endpoints(now).map((endpoint) => ({
      ...endpoint,
      extension: [
        ...(endpoint.extension ?? []),
        {
          url: 'https://care-timeline.example/fhir/StructureDefinition/starts-from',
          valueDate: new Date(now - 3000 * day).toISOString().slice(0, 10),
        },
      ],
    })),
    pageSize: 10,
    session: {},
  });
  // The second page stays away until it is let go, so that loading can be seen to go on.
  const { read } = hub.session;
  let letGo = () => undefined as void;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const session = {
    ...hub.session,
    read: async (path: string, options?: Parameters<typeof read>[1]) => {
      if (path.includes('from=20')) await held;
      return read(path, options);
    },
  };
  const reader = createRecordReader(session);
  readers.push(reader);
  await render(<TimelineScreen session={session} reader={reader} />);

  const bar = page.getByRole('progressbar', { name: 'Loading the record' });
  // Twenty visits, one every thirty days: six hundred of three thousand days.
  await expect.poll(() => Number(bar.element().getAttribute('value'))).toBeCloseTo(0.2, 1);
  await expect
    .element(page.getByText(/entries loaded, from today back to .*Older ones are loading\./).first())
    .toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  const still = page.getByRole('progressbar', { name: 'How far back the record is loaded' });
  await expect.element(still).toBeVisible();
  expect(Number(still.element().getAttribute('value'))).toBeCloseTo(0.2, 1);
  letGo();
  await page.getByRole('button', { name: 'Load the rest' }).click();
  await expect.element(page.getByTestId('completeness')).toHaveAttribute('data-complete-to', 'all');
  expect(document.querySelector('progress')).toBeNull();
});
