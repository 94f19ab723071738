import { hash } from 'node:crypto';
import { isPlainlyFaultless } from '../../fhir/plainly-sound.ts';
import { checkInFull, type StructureReport } from '../../fhir/validate.ts';
import type { KnownStructure } from './structure-checker.ts';

/** Resources remembered at most; then it begins anew. */
const most = 20_000;

const remembered = new Map<string, StructureReport>();

/**
 * What `checkStructure` says of a resource, its full check asked once for the same text: each message of a stay tells its
 * diagnoses again, and no other step of taking one in costs as much. The check looks at nothing but the resource, so the
 * same text has the same report. Only the text's digest is kept: no patient's words stay in memory.
 */
export const rememberedStructure: KnownStructure = {
  get(resource) {
    // Looking at it quickly is cheaper than remembering it.
    if (isPlainlyFaultless(resource)) return { problems: [], remarks: [] };
    const digest = hash('sha256', JSON.stringify(resource), 'base64');
    const known = remembered.get(digest);
    if (known !== undefined) return known;
    const report = checkInFull(resource);
    if (remembered.size >= most) remembered.clear();
    remembered.set(digest, report);
    return report;
  },
};
