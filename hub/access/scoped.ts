import type { ResourceType } from '../../fhir/resource-types.ts';
import type { Reader } from './reader.ts';
import type { Values } from './statement.ts';

/** Which of a type's rows the scopes give: every one, none, or those within one of these queries. */
type Share = 'all' | 'none' | (readonly (readonly string[])[])[];

/**
 * What the scopes of a token leave of rows that are read, as SQL conditions beside `allowed`; none where they leave
 * everything, so that the common statement stays as it is. A type that no scope names gives no row, whatever asked.
 * @param letters of `r` and `s`: a scope with one of them counts
 * @param types that the statement may answer; of others it gives none
 * @param row prefix of the row's columns: `r.`
 */
export function scoped(
  reader: Reader,
  letters: 'r' | 's' | 'rs',
  types: readonly ResourceType[],
  bound: Values,
  row = '',
): string[] {
  const distinct = [...new Set(types)];
  const shares = distinct.map((type) => ({ type, share: shareOf(reader, letters, type) }));
  if (shares.every(({ share }) => share === 'all')) return [];
  const whole = shares.filter(({ share }) => share === 'all').map(({ type }) => type);
  const ways = shares.flatMap(({ type, share }) =>
    typeof share === 'string'
      ? []
      : share.map((groups) => {
          const within = groups.map((group) => `${row}tokens && ${bound.bind(group, 'text[]')}`);
          return `(${row}type = ${bound.bind(type, 'text')} and ${within.join(' and ')})`;
        }),
  );
  if (whole.length > 0) ways.push(`${row}type = any(${bound.bind(whole, 'text[]')})`);
  return [ways.length === 0 ? 'false' : `(${ways.join(' or ')})`];
}

/** Whether the scopes give some rows of a type and not the others, by a query. */
export function inPart(reader: Reader, letter: 'r' | 's', type: ResourceType): boolean {
  return typeof shareOf(reader, letter, type) !== 'string';
}

/** Whether any scope with one of these letters names the type. */
export function isNamed(reader: Reader, letters: 'r' | 's' | 'rs', type: ResourceType): boolean {
  return shareOf(reader, letters, type) !== 'none';
}

function shareOf(reader: Reader, letters: string, type: ResourceType): Share {
  const grants = reader.scopes.filter(
    (grant) =>
      (grant.type === '*' || grant.type === type) &&
      Array.from(letters).some((letter) => grant.actions.includes(letter)),
  );
  if (grants.length === 0) return 'none';
  const queries = grants.flatMap(({ only }) => (only === undefined || only.length === 0 ? [] : [only]));
  return queries.length < grants.length ? 'all' : queries;
}
