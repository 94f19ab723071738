/** One measured figure, as `npm run bench -- --json` prints it. */
export interface Figure {
  /** `area.what[.size]`. */
  name: string;
  value: number;
  unit: string;
  /** The floor or ceiling it is held against, in words. */
  against: string;
  /** Value over the floor for times and sizes, rate over the ceiling for rates. */
  ratio: number;
}
