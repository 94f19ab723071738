/** What the app asks for when a clinical system launched it (SMART App Launch 2.2, scopes). */
export const ehrScope = 'launch openid fhirUser profile online_access patient/*.rs';
/** What it asks for whoever signs in to their own record: they decide who may see it, and share what they measure. */
export const ownScope =
  'launch/patient openid fhirUser profile online_access patient/*.rs patient/Consent.cruds patient/Observation.cu';
/** What it asks for after a sign-on of its own: the hub lets the reader choose the person. */
export const standaloneScope = 'launch/patient openid fhirUser profile online_access patient/*.rs';

/** What is asked for on each way in. */
export function scopeOf(launch: string | undefined, asPerson: boolean | undefined): string {
  if (launch !== undefined) return ehrScope;
  return asPerson === true ? ownScope : standaloneScope;
}

const pattern = /^(?:patient|user)\/(\*|[A-Za-z]+)\.(read|write|\*|c?r?u?d?s?)(?:\?.*)?$/;
const firstVersion: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' };

/** Whether the granted scopes let the app read (`r`) or search (`s`) a type. First-version scopes count as their sums. */
function allows(scopes: readonly string[], type: string, action: 'r' | 's'): boolean {
  return scopes.some((scope) => {
    const [, granted, letters = ''] = pattern.exec(scope) ?? [];
    return (granted === '*' || granted === type) && (firstVersion[letters] ?? letters).includes(action);
  });
}

/**
 * Whether a timeline can be opened at all: the person must be readable and encounters searchable. Less than that for other
 * types is said stream by stream.
 */
export function enoughToOpen(scopes: readonly string[]): boolean {
  return allows(scopes, 'Patient', 'r') && allows(scopes, 'Encounter', 's');
}
