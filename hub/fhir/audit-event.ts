import type { AuditEvent, AuditEventAgent, AuditEventEntity, Coding } from 'fhir/r4';
import { odsSystem, participationType, sdsUserSystem } from '../../fhir/systems.ts';
import type { AuditLine } from '../audit/lines.ts';
import { directory } from '../store/rows.ts';

// A line of the audit as an AuditEvent in the shape of IHE BALP (Basic Audit Log Patterns 1.1.3, 3.5.7).

/** How much of a line is told. */
export interface Telling {
  /** Whose record it is now, by Patient id: lines of those who were merged into them speak of the same person. */
  person: string;
  /** Names of organisations by ODS code. */
  organisations: ReadonlyMap<string, string>;
  /**
   * Whether the asker is who acted. Everybody else is told what kind of act it was, and neither which types were given out nor
   * the words that were typed (but for broken glass, whose words are for the person): both may speak of what is withheld from them.
   */
  own: boolean;
}

/** The system of the hub's own words for acts, the last `subtype`. */
export const auditActSystem = 'https://care-timeline.example/fhir/CodeSystem/audit-act';
const dicom = 'http://dicom.nema.org/resources/ontology/DCM';
const eventType = 'http://terminology.hl7.org/CodeSystem/audit-event-type';
const restful = 'http://hl7.org/fhir/restful-interaction';
const actReason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const entityType = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const objectRole = 'http://terminology.hl7.org/CodeSystem/object-role';
const balpEntity = 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType';
const sourceType = 'http://terminology.hl7.org/CodeSystem/security-source-type';
const roleName = 'https://fhir.nhs.uk/CodeSystem/NHSDigital-SDS-JobRoleName';

const rest: Coding = { system: eventType, code: 'rest', display: 'RESTful Operation' };
const alert: Coding = { system: dicom, code: '110113', display: 'Security Alert' };
const signOn: Coding = { system: dicom, code: '110114', display: 'User Authentication' };
const exported: Coding = { system: dicom, code: '110106', display: 'Export' };
const auditUsed: Coding = { system: dicom, code: '110101', display: 'Audit Log Used' };

interface Kind {
  type: Coding;
  /** R4 audit-event-action. */
  action: NonNullable<AuditEvent['action']>;
  subtype?: Coding;
}

const interaction = (code: string, action: Kind['action']): Kind => ({
  type: rest,
  action,
  subtype: { system: restful, code },
});

/** Every act with a place of its own in the standards; any other is an operation of the hub's. */
const kinds: Record<string, Kind> = {
  read: interaction('read', 'R'),
  vread: interaction('vread', 'R'),
  history: interaction('history-instance', 'R'),
  search: interaction('search-type', 'E'),
  count: interaction('search-type', 'E'),
  include: interaction('search-type', 'E'),
  revinclude: interaction('search-type', 'E'),
  everything: interaction('operation', 'E'),
  create: interaction('create', 'C'),
  update: interaction('update', 'U'),
  delete: interaction('delete', 'D'),
  bundle: interaction('batch', 'E'),
  'sign-on': { type: signOn, action: 'E', subtype: { system: dicom, code: '110122', display: 'Login' } },
  'sign-off': { type: signOn, action: 'E', subtype: { system: dicom, code: '110123', display: 'Logout' } },
  'break-glass': {
    type: alert,
    action: 'E',
    subtype: { system: dicom, code: '110127', display: 'Emergency Override Started' },
  },
  'declare-relationship': { type: alert, action: 'C' },
  'revoke-relationship': { type: alert, action: 'D' },
  print: { type: exported, action: 'R' },
  'look-at-audit': { type: auditUsed, action: 'R' },
};

/** The line as an AuditEvent. Never with the ids of what was read, nor with how much was found. */
export function auditEventOf(line: AuditLine, telling: Telling): AuditEvent {
  const { type, action, subtype }: Kind = kinds[line.action] ?? {
    type: rest,
    action: 'E',
    subtype: { system: restful, code: 'operation' },
  };
  const refused = line.outcome === 'refused';
  return {
    resourceType: 'AuditEvent',
    id: line.id,
    type,
    subtype: [...(subtype === undefined ? [] : [subtype]), { system: auditActSystem, code: line.action }],
    action,
    recorded: line.at,
    // DENIAL is a serious failure (BALP, 3.5.7): nothing was given.
    outcome: refused ? '8' : '0',
    ...(refused && telling.own && line.detail !== undefined ? { outcomeDesc: line.detail } : {}),
    agent: agentsOf(line, telling, action),
    source: {
      observer: { display: 'Care Timeline hub' },
      type: [{ system: sourceType, code: '4', display: 'Application Server' }],
    },
    entity: entitiesOf(line, telling),
  };
}

function agentsOf(line: AuditLine, { organisations }: Telling, action: Kind['action']): AuditEventAgent[] {
  const writes = action === 'C' || action === 'U' || action === 'D';
  const [destination, source] = [
    { system: dicom, code: '110152', display: 'Destination Role ID' },
    { system: dicom, code: '110153', display: 'Source Role ID' },
  ];
  const { user } = line;
  const purposeOfUse = line.purpose === undefined ? [] : [{ coding: [{ system: actReason, code: line.purpose }] }];
  // Who breaks the glass is told that the person will read why.
  const why = line.action === 'break-glass' ? (line.reason ?? line.detail) : undefined;
  return [
    ...(user === undefined
      ? []
      : [
          {
            type: { coding: [{ system: participationType, code: writes ? 'AUT' : 'IRCP' }] },
            role: [{ coding: [{ system: roleName, code: user.role }] }],
            who: {
              ...(/^\d{12}$/.test(user.id) ? { identifier: { system: sdsUserSystem, value: user.id } } : {}),
              display: user.name,
            },
            altId: user.id,
            name: user.name,
            requestor: true,
            ...(purposeOfUse.length === 0
              ? {}
              : {
                  purposeOfUse: why === undefined ? purposeOfUse : purposeOfUse.map((each) => ({ ...each, text: why })),
                }),
          },
          ...(user.organisation === ''
            ? []
            : [
                {
                  type: {
                    coding: [{ system: participationType, code: 'CST', display: 'custodian' }],
                    text: 'Organisation of the user',
                  },
                  who: {
                    identifier: { system: odsSystem, value: user.organisation },
                    display: organisations.get(user.organisation) ?? user.organisation,
                  },
                  requestor: false,
                },
              ]),
        ]),
    {
      type: { coding: [writes ? source : destination] },
      who: { display: line.client ?? 'A caller who was not known' },
      ...(line.openedFrom === undefined ? {} : { name: line.openedFrom }),
      // R4 wants one who asked: a caller whom nobody knows is that one.
      requestor: user === undefined,
    },
    { type: { coding: [writes ? destination : source] }, who: { display: 'Care Timeline hub' }, requestor: false },
  ];
}

function entitiesOf(line: AuditLine, { own, person }: Telling): AuditEventEntity[] {
  return [
    ...(line.patient === directory
      ? []
      : [
          {
            what: { reference: `Patient/${person}` },
            type: { system: entityType, code: '1', display: 'Person' },
            role: { system: objectRole, code: '1', display: 'Patient' },
          },
        ]),
    ...askedOf(line, own),
    ...(own && line.reason !== undefined
      ? [{ type: { system: entityType, code: '4', display: 'Other' }, name: 'Reason', description: line.reason }]
      : []),
    ...(line.requestId === undefined
      ? []
      : [{ what: { identifier: { value: line.requestId } }, type: { system: balpEntity, code: 'XrequestId' } }]),
  ];
}

/** What was asked, in names of parameters. Of one thing that was opened others are told only that something was. */
function askedOf({ action, type, query }: AuditLine, own: boolean): AuditEventEntity[] {
  if (action === 'search' || action === 'count') {
    const asked = [type, query].filter((part) => part !== undefined).join('?');
    return [
      {
        type: { system: entityType, code: '2', display: 'System Object' },
        role: { system: objectRole, code: '24', display: 'Query' },
        query: Buffer.from(asked).toString('base64'),
      },
    ];
  }
  if (!own || type === undefined) return [];
  return [
    {
      type: { system: entityType, code: '2', display: 'System Object' },
      role: { system: objectRole, code: '4', display: 'Domain Resource' },
      name: type,
    },
  ];
}
