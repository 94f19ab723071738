/** The five clinical systems that have a desk. */
export type DeskSystem = 'emis' | 'system-c' | 'adastra' | 'carecast' | 'liquidlogic';

export interface DeskSystemInfo {
  id: DeskSystem;
  /** The product's name, as its users say it. */
  name: string;
  /** Where it stands. */
  place: string;
  /** How its icon opens the record: each real system does it in its own way. */
  opens: 'window' | 'tab' | 'frame';
}

export const deskSystems: readonly DeskSystemInfo[] = [
  { id: 'emis', name: 'EMIS', place: 'Killick Street Health Centre', opens: 'window' },
  { id: 'system-c', name: 'System C', place: 'Whittington Hospital', opens: 'tab' },
  { id: 'adastra', name: 'Adastra', place: 'Out of hours and 111', opens: 'tab' },
  { id: 'carecast', name: 'Carecast', place: 'University College Hospital', opens: 'frame' },
  { id: 'liquidlogic', name: 'Liquidlogic', place: 'Islington Council, adult social care', opens: 'tab' },
];

export function findDesk(id: string | undefined): DeskSystemInfo | undefined {
  return deskSystems.find((system) => system.id === id);
}
