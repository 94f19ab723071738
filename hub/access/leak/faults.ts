import type { Access } from '../access.ts';
import { deletedBit, labelBits } from '../labels.ts';
import type { Reader } from '../reader.ts';

// For the leak test: ways in which the filter could be wrong, put in where its parts are imported.

/** Where a fault is put in: a part of the filter, or a function that is to use it. */
type Place =
  | 'allowed'
  | 'deleted'
  | 'notice'
  | 'pointers'
  | 'include'
  | 'revinclude'
  | 'everything'
  | 'history'
  | 'version'
  | 'count'
  | 'references';

export interface Fault {
  name: string;
  at: Place;
  spoil: (access: Access) => Access;
}

/** As if nothing were withheld from anybody. */
const open = (access: Access): Access => ({
  ...access,
  denied: deletedBit,
  deniedSources: [],
  deniedInPart: [],
  general: true,
  onlyTypes: undefined,
});
const shown = (bits: number) => (access: Access) => ({ ...access, denied: access.denied & ~bits });

export const faultsToFind: readonly Fault[] = [
  {
    name: 'sources that are kept back are forgotten',
    at: 'allowed',
    spoil: (access) => ({ ...access, deniedSources: [] }),
  },
  { name: 'the general kind is always given', at: 'allowed', spoil: (access) => ({ ...access, general: true }) },
  { name: 'one kind of one source is forgotten', at: 'allowed', spoil: (access) => ({ ...access, deniedInPart: [] }) },
  { name: 'whoever has no ground is given the record', at: 'allowed', spoil: open },
  { name: 'a seal is no label', at: 'allowed', spoil: shown(labelBits.sealed) },
  { name: 'what the law restricts is given', at: 'allowed', spoil: shown(labelBits.legal) },
  { name: 'a label that nobody knows is given', at: 'allowed', spoil: shown(labelBits.other) },
  { name: 'mental health is given to everybody', at: 'allowed', spoil: shown(labelBits.mental) },
  { name: '_include does not ask', at: 'include', spoil: open },
  { name: '_revinclude does not ask', at: 'revinclude', spoil: open },
  { name: '$everything does not ask', at: 'everything', spoil: open },
  { name: 'a history does not ask', at: 'history', spoil: open },
  { name: 'a past version does not ask', at: 'version', spoil: open },
  { name: 'a count does not ask', at: 'count', spoil: open },
  { name: 'a reference in a write does not ask', at: 'references', spoil: open },
  { name: 'pointers at what is withheld are left in', at: 'pointers', spoil: open },
  {
    name: 'a notice tells of what is hidden',
    at: 'notice',
    spoil: (access) => ({ ...access, unsaid: deletedBit, unsaidSources: [], unsaidGeneral: false }),
  },
  {
    name: 'no notice tells of a source that is kept back',
    at: 'notice',
    spoil: (access) => ({ ...access, deniedSources: [], deniedInPart: [], general: true }),
  },
];

let current: Fault | undefined;

/** Puts one fault in until the work is done. */
export async function withFault(fault: Fault, work: () => Promise<void>): Promise<void> {
  current = fault;
  try {
    await work();
  } finally {
    current = undefined;
  }
}

/** The reader as a part of the filter sees them. */
export function spoilt<Of extends Pick<Reader, 'access'>>(at: Place, reader: Of): Of {
  return current?.at === at ? { ...reader, access: current.spoil(reader.access) } : reader;
}
