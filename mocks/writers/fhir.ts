import type { Borough } from '../borough/truth.ts';
import { writeAdastra } from './adastra.ts';
import { writeDirectories } from './directory.ts';
import { writeEmis } from './emis/emis.ts';
import { writeHospital } from './hospital/hospital.ts';
import { writeLiquidlogic } from './liquidlogic/liquidlogic.ts';
import { writePatientShared } from './patient-shared.ts';
import type { SourceRecordLike } from './source-record.ts';

/**
 * Tells the borough as its systems would, in FHIR R4 UK Core: first each source's directory, then one record per person and
 * source, only with what that source knew when it last sent.
 */
export function* writeFhir(borough: Borough): Iterable<SourceRecordLike> {
  yield* writeDirectories(borough);
  for (const life of borough.lives) {
    const told = [
      writeEmis(life, borough),
      writeHospital('RKE', life, borough),
      writeHospital('RRV', life, borough),
      writeAdastra(life, borough),
      writeLiquidlogic(life, borough),
      writePatientShared(life, borough),
    ];
    for (const record of told) if (record !== undefined) yield record;
  }
}
