import type { Condition } from 'fhir/r4';
import { ukCoreExtension } from '../../../../fhir/systems.ts';
import { hl7 } from './codes.ts';
import { day, effectiveDate } from './dates.ts';
import { spokenDay } from './registration.ts';
import { guid, isTrue, lookUp, type Row } from './row.ts';
import { effectiveOf, encounterOf, enteredOf, head, notesOf, type Telling } from './told.ts';

/**
 * An entry on the problem list. EMIS states whether a problem is active and how significant, and nothing of how sure anybody
 * is: so there is no verification status, and the reader sees that its certainty is not stated (misreading 7).
 */
export function problem(telling: Telling, id: string, observation: Row, row: Row): Condition {
  const { patient, words } = telling;
  const past = /past|inactive|resolved/i.test(row['ProblemStatusDescription'] ?? '');
  const end = effectiveDate(row['EndDate'], row['EndDatePrecision']);
  const significance = significanceOf(row);
  return {
    resourceType: 'Condition',
    ...head(id, observation, row),
    extension:
      significance === undefined
        ? undefined
        : [{ url: `${ukCoreExtension}ProblemSignificance`, valueCode: significance }],
    // R4 con-4: what has abated is not active.
    clinicalStatus: hl7(
      'condition-clinical',
      past ? (end === undefined ? 'inactive' : 'resolved') : end === undefined ? 'active' : 'resolved',
    ),
    category: [hl7('condition-category', 'problem-list-item', 'Problem List Item')],
    code: words.concept(guid(observation['CodeId'])),
    subject: patient,
    encounter: encounterOf(telling, observation),
    onsetDateTime: effectiveOf(observation),
    abatementDateTime: end,
    recordedDate: enteredOf(observation),
    recorder: words.staff(guid(observation['EnteredByUserInRoleGuid'])),
    asserter: words.staff(guid(observation['ClinicianUserInRoleGuid'])),
    note: notesOf(observation, row['Comment'], reviewed(telling, row), related(telling, row), expected(row)),
  };
}

function significanceOf(row: Row): 'major' | 'minor' | undefined {
  const stated = row['SignificanceDescription'] ?? '';
  if (/minor|not significant/i.test(stated)) return 'minor';
  return /significant|major/i.test(stated) ? 'major' : undefined;
}

function reviewed({ words }: Telling, row: Row): string | undefined {
  const at = effectiveDate(row['LastReviewDate'], row['LastReviewDatePrecision']) ?? day(row['LastReviewDate']);
  if (at === undefined) return undefined;
  const by = words.staff(guid(row['LastReviewUserInRoleGuid']))?.display;
  return `Last reviewed ${spokenDay(at.slice(0, 10))}${by === undefined ? '' : ` by ${by}`}`;
}

const relations: Record<string, string> = {
  grouped: 'Grouped with',
  combined: 'Combined with',
  evolved: 'Evolved from',
  replaced: 'Replaces',
};

/** A related problem by name, unless that one is confidential: its name would tell it here. */
function related({ rows, words }: Telling, row: Row): string | undefined {
  const parent = rows.one('CareRecord_Observation', guid(row['ParentProblemObservationGuid']));
  if (parent === undefined || isTrue(parent['IsConfidential'])) return undefined;
  const how = lookUp(relations, row['ParentProblemRelationship']?.toLowerCase()) ?? 'Related to';
  return `${how}: ${words.concept(guid(parent['CodeId'])).text}`;
}

function expected(row: Row): string | undefined {
  return row['ExpectedDuration'] === undefined ? undefined : `Expected duration: ${row['ExpectedDuration']}`;
}
