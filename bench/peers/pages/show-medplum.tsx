import '@mantine/core/styles.css';
import '@medplum/react/styles.css';
import { MantineProvider } from '@mantine/core';
import { MedplumClient } from '@medplum/core';
import { MedplumProvider, ResourceTimeline } from '@medplum/react';
import type { Bundle } from 'fhir/r4';
import { createRoot } from 'react-dom/client';
import type { BenchRecord } from '../../timeline/bench-record.ts';

/** Medplum's timeline of the person: every resource given to it at once, and no server behind it. */
export function show({ patient, streams }: BenchRecord): void {
  const medplum = new MedplumClient({
    baseUrl: `${window.location.origin}/no-server/`,
    fetch: () => Promise.resolve(new Response('{}', { status: 404 })),
  });
  const entry = Object.values(streams)
    .flat()
    .map((resource) => ({ resource }));
  const bundle: Bundle = { resourceType: 'Bundle', type: 'searchset', entry };
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  createRoot(root).render(
    <MedplumProvider medplum={medplum}>
      <MantineProvider>
        <ResourceTimeline
          value={patient}
          loadTimelineResources={() => Promise.resolve([{ status: 'fulfilled', value: bundle }])}
        />
      </MantineProvider>
    </MedplumProvider>,
  );
}
