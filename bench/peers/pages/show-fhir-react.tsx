import { FhirResource, fhirVersions } from 'fhir-react';
import { createRoot } from 'react-dom/client';
import type { BenchRecord } from '../../timeline/bench-record.ts';

/** fhir-react's view of every resource, one below the other: it has no timeline of its own. */
export function show({ streams }: BenchRecord): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  createRoot(root).render(
    <>
      {Object.values(streams)
        .flat()
        .map((resource) => (
          <div key={`${resource.resourceType}/${resource.id}`} data-row>
            <FhirResource fhirResource={resource} fhirVersion={fhirVersions.R4} />
          </div>
        ))}
    </>,
  );
}
