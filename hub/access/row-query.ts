import type { ResourceType } from '../../fhir/resource-types.ts';
import type { Span } from '../store/rows.ts';

/** Which stored date a condition or an order is about. */
export type DateField = 'date' | 'authored' | 'updated';

/** FHIR search prefixes (R4 search, 3.1.1.4.6) for dates; a row without the date never matches. */
export interface DateCondition {
  field: DateField;
  prefix: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'sa' | 'eb';
  /** The searched value's own span; both sides bounded. */
  span: Required<{ [K in keyof Span]: string }>;
}

/** A search inside one compartment, already parsed and checked: SQL is made from this and nothing else. */
export interface RowQuery {
  type: ResourceType;
  /** Only these ids, when given. */
  ids: string[] | undefined;
  /** Every group must match; a group matches when the row has any of its tokens. */
  tokens: string[][];
  /** `encounter:missing=true`: no token of the row starts with this prefix (`encounter=`); false: one does. */
  missing: { prefix: string; missing: boolean }[];
  dates: DateCondition[];
  /** Rows without the date come last, in either direction; ties go by id. */
  sort: { field: DateField; descending: boolean };
  /** Rows wanted, at least 1; the answer says whether more follow. */
  limit: number;
  /** Go on after this row: keyset paging, stable under inserts. */
  after: Position | undefined;
}

/** A row's place in the order: the sort date (ISO 8601, undefined when it has none) and the id. */
export interface Position {
  date: string | undefined;
  id: string;
}
