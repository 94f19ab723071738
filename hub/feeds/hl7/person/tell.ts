import type { KeptPiece, Scope, Told } from '../../format.ts';
import type { Dialect } from '../dialect.ts';
import { allergiesOf } from './allergies.ts';
import { patientOf } from './patient.ts';
import { saidOf } from './said.ts';

/** The scope `person`: the Patient, and the allergies that their patient system lists (AL1). */
export function tellPerson({ subject, organisation }: Scope, pieces: readonly KeptPiece[], dialect: Dialect): Told {
  const said = saidOf(pieces);
  const holder = { subject, organisation, dialect };
  const { patient, doubts } = patientOf(said, holder);
  return { resources: [patient, ...allergiesOf(said.list('AL1'), holder, doubts)], doubts: [...new Set(doubts)] };
}
