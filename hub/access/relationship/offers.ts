import { declaredGrounds, type DeclaredGround } from './grounds.ts';
import { lineOf, mayBreakGlass, roleGroupOf, type Policy } from '../policy/policy.ts';

/** What somebody can do, by their role, to be given more than they are. */
export interface Offers {
  /** Say on what ground they look. */
  declare: boolean;
  /** Break the glass. */
  breakGlass: boolean;
}

/** Where a declared ground, or broken glass, would show nothing more, it is not offered; never to the person, nor to a service. */
export function offersTo(policy: Policy, { role, from }: { role: string; from: string }): Offers {
  if (from === 'person' || from === 'service') return { declare: false, breakGlass: false };
  const group = roleGroupOf(policy, role);
  const grounds = Object.keys(declaredGrounds) as DeclaredGround[];
  return {
    declare: grounds.some((ground) => lineOf(policy, group, ground) !== undefined),
    breakGlass: mayBreakGlass(policy, role),
  };
}
