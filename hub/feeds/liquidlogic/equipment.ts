import type { DeviceRequest } from 'fhir/r4';
import { holdsAccessCode } from './access-code.ts';
import { hadCome, type Extension } from './extension.ts';
import { tellAccessCode } from './flags.ts';
import { localIdentifier } from './interweave.ts';
import { metaOf, organisation, ownId, periodOf, type Teller } from './teller.ts';

/** Equipment asked for and fitted (Interweave SocialCareEquipmentProvision). */
export function tellEquipment(teller: Teller, extension: Extension): void {
  for (const item of extension.items('equipment')) {
    const { id, name, asked, fitted, removed, note, accessCode, labels = [] } = item.value;
    const there = hadCome(fitted, item.piece.at);
    const secret = holdsAccessCode(note === undefined ? undefined : `${name}: ${note}`);
    if (accessCode !== undefined) tellAccessCode(teller, item, `${name}, access code: ${accessCode}`);
    if (secret) tellAccessCode(teller, { ...item, value: { ...item.value, id: `${id} note` } }, `${name}: ${note}`);
    const request: DeviceRequest = {
      resourceType: 'DeviceRequest',
      id: ownId(teller, 'equipment', id),
      ...metaOf([...labels, ...(holdsAccessCode(name) ? ['R'] : [])]),
      identifier: [localIdentifier('socialcareequipmentrequest', `${teller.council}-${id}`)],
      status: there ? 'completed' : 'active',
      intent: 'order',
      codeCodeableConcept: { text: name },
      subject: teller.patient,
      occurrencePeriod: there ? periodOf(fitted, removed) : undefined,
      authoredOn: asked,
      requester: organisation(teller, teller.council),
      note: note === undefined || secret ? undefined : [{ text: note }],
    };
    teller.resources.push(request);
  }
}
