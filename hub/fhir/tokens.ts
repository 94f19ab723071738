// The one place that writes the stored form of a token or a reference, for storing and for searching alike.

/** One code or identifier as a resource states it. */
export interface Token {
  /** Undefined when the resource states none. */
  system: string | undefined;
  code: string;
}

/** `param=`: how every stored reference of a parameter starts (hub/access, `missing`). */
export function referencePrefix(param: string): string {
  return `${param}=`;
}

/** `param=Type/id`. */
export function referenceToken(param: string, type: string, id: string): string {
  return `${referencePrefix(param)}${type}/${id}`;
}

/** `param|code`: found whatever the system. */
export function codeToken(param: string, code: string): string {
  return `${param}|${escaped(code)}`;
}

/** `param|system|code`, or `param||code` when no system is stated. */
export function systemToken(param: string, system: string | undefined, code: string): string {
  return `${param}|${escaped(system ?? '')}|${escaped(code)}`;
}

/** Both stored forms of one code: with its system and alone. */
export function storedTokens(param: string, token: Token): string[] {
  return [systemToken(param, token.system, token.code), codeToken(param, token.code)];
}

/** A bar inside a code or a system would read as the separator: `a|b` must never be found as system `a`, code `b`. */
function escaped(text: string): string {
  return text.includes('|') || text.includes('%') ? text.replaceAll('%', '%25').replaceAll('|', '%7C') : text;
}
