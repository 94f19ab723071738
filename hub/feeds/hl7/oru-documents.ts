import type { DiagnosticReport, FhirResource } from 'fhir/r4';
import { contentOf } from './mdm-content.ts';
import { testConcept } from './oru-concept.ts';
import type { Result } from './oru-fold.ts';
import { isFile } from './oru-value.ts';
import { ownId } from './own-ids.ts';

/**
 * Files that came among the results (a report as PDF, a picture): each a DocumentReference, where readers look for what can
 * be opened, and which names the report it belongs to.
 */
export function reportDocuments(
  files: readonly Result[],
  report: DiagnosticReport,
): { resources: FhirResource[]; doubts: string[] } {
  const resources: FhirResource[] = [];
  const doubts: string[] = [];
  for (const { key, lines, status } of files) {
    const id = ownId(report.id ?? '', 'file', key);
    const type = testConcept(lines[0]?.values(3)[0]) ?? report.code;
    const written = report.issued ?? report.effectiveDateTime;
    const { meta } = report;
    const sheet = { id, meta, title: type.text, fileName: '', written };
    const { content, binaries, doubts: said } = contentOf(lines.filter(isFile), sheet);
    doubts.push(...said);
    resources.push(...binaries, {
      resourceType: 'DocumentReference',
      id,
      meta,
      status: status === 'W' ? 'entered-in-error' : 'current',
      docStatus: report.status === 'final' || report.status === 'corrected' ? 'final' : 'preliminary',
      type,
      subject: report.subject,
      date: report.issued,
      description: type.text,
      content: content.length === 0 ? [{ attachment: { title: type.text } }] : content,
      context: {
        encounter: report.encounter === undefined ? undefined : [report.encounter],
        related: [{ reference: `DiagnosticReport/${report.id ?? ''}`, display: report.code.text }],
      },
    });
  }
  return { resources, doubts };
}
