import { storableValue } from '../store/storable.ts';

/** A statement in the making: whatever is added as a value is bound, never written into the text. */
export interface Values {
  list: unknown[];
  /** Adds a value and answers its place with its type: `$3::text`. */
  bind(value: unknown, type: string): string;
}

/** An empty list of bound values. */
export function values(): Values {
  const list: unknown[] = [];
  return {
    list,
    bind(value, type) {
      list.push(storableValue(value));
      return `$${list.length}::${type}`;
    },
  };
}
