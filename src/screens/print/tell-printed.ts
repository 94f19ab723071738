import type { AuditEvent } from 'fhir/r4';
import type { Session } from '../../launch/session.ts';

/** What printing waits for the hub to have heard of it, milliseconds. */
const atMostMs = 1000;

/**
 * Tells the hub that this record is printed, for the person to see (IHE BALP, Export). Who printed, and when, the hub knows of
 * the session. Settles when it is told or has taken too long, and never rejects: paper may be what is left when all else is down,
 * and a hub of another make need not take it.
 */
export async function tellPrinted(session: Session): Promise<void> {
  const { patientId, user } = session;
  const event: AuditEvent = {
    resourceType: 'AuditEvent',
    type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110106', display: 'Export' },
    subtype: [{ system: 'https://care-timeline.example/fhir/CodeSystem/audit-act', code: 'print' }],
    action: 'R',
    recorded: new Date().toISOString(),
    outcome: '0',
    agent: [{ ...(user.name === undefined ? {} : { name: user.name }), requestor: true }],
    source: { observer: { display: 'Care Timeline' } },
    entity: [{ what: { reference: `Patient/${patientId}` } }],
  };
  const told = session.send('POST', 'AuditEvent', event).then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([told, new Promise<void>((resolve) => setTimeout(resolve, atMostMs))]);
}
