import { codes, codings, concepts, identifiers, many } from './elements.ts';
import { define, encounter, patient } from './define.ts';
import { dateSpan, periodSpan } from './spans.ts';

// Letters, messages, answers, and the statements about records themselves.

export const documentDefinitions = [
  define('DocumentReference', {
    date: { param: 'date', of: (r) => dateSpan(r.date) },
    authored: { param: 'period', of: (r) => periodSpan(r.context?.period) },
    tokens: {
      identifier: (r) => [...identifiers(r.masterIdentifier), ...identifiers(r.identifier)],
      status: (r) => codes('http://hl7.org/fhir/document-reference-status', r.status),
      type: (r) => concepts(r.type),
      category: (r) => concepts(r.category),
    },
    references: {
      patient: patient((r) => r.subject),
      // R4 lets this point to episodes of care as well; those are no encounter, so a letter with one alone has none.
      encounter: encounter((r) => many(r.context?.encounter), true),
      author: {
        targets: ['Practitioner', 'PractitionerRole', 'Organization', 'Device', 'Patient', 'RelatedPerson'],
        of: (r) => many(r.author),
      },
      custodian: { targets: ['Organization'], of: (r) => [r.custodian] },
    },
  }),
  define('Composition', {
    date: { param: 'date', of: (r) => dateSpan(r.date) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/composition-status', r.status),
      type: (r) => concepts(r.type),
      category: (r) => concepts(r.category),
    },
    references: { patient: patient((r) => r.subject), encounter: encounter((r) => [r.encounter]) },
  }),
  define('Binary', { tokens: {}, references: {} }),
  define('Communication', {
    date: { param: 'sent', of: (r) => dateSpan(r.sent) },
    authored: { param: 'received', of: (r) => dateSpan(r.received) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/event-status', r.status),
      category: (r) => concepts(r.category),
    },
    references: { patient: patient((r) => r.subject), encounter: encounter((r) => [r.encounter]) },
  }),
  define('QuestionnaireResponse', {
    date: { param: 'authored', of: (r) => dateSpan(r.authored) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/questionnaire-answers-status', r.status),
    },
    references: { patient: patient((r) => r.subject), encounter: encounter((r) => [r.encounter]) },
  }),
  define('Provenance', {
    date: { param: 'recorded', of: (r) => dateSpan(r.recorded) },
    tokens: {},
    references: { patient: { targets: ['Patient'], of: (r) => many(r.target) } },
  }),
  define('AuditEvent', {
    date: { param: 'date', of: (r) => dateSpan(r.recorded) },
    tokens: {
      type: (r) => codings(r.type),
      subtype: (r) => codings(r.subtype),
      action: (r) => codes('http://hl7.org/fhir/audit-event-action', r.action),
      outcome: (r) => codes('http://hl7.org/fhir/audit-event-outcome', r.outcome),
      altid: (r) => identifiers(many(r.agent).map(({ altId }) => ({ ...(altId !== undefined && { value: altId }) }))),
    },
    references: { patient: { targets: ['Patient'], of: (r) => many(r.entity).map((entity) => entity.what) } },
  }),
];
