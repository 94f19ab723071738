/** Grounds that a reader states themself (Camden CIDR): what each is called, in the words that the person reads too. */
export const declaredGrounds = {
  agrees: 'The person is here and agrees',
  cannot: 'The person cannot consent',
  absent: 'The person is not here',
} as const;

export type DeclaredGround = keyof typeof declaredGrounds;

export function isDeclaredGround(code: string): code is DeclaredGround {
  return Object.hasOwn(declaredGrounds, code);
}

/** A ground as it is declared. */
export interface Declaration {
  ground: DeclaredGround;
  /** In the reader's own words; needed where the person is not here. */
  reason: string | undefined;
}

const fewestOfReason = 3;
export const longestReason = 300;

/** What is wrong with the words of a declaration, for whoever typed them; undefined where nothing is. */
export function faultOf({ ground, reason = '' }: Declaration): string | undefined {
  if (ground === 'absent' && reason.trim().length < fewestOfReason) {
    return 'Say in a few words why you open the record of somebody who is not here';
  }
  return reason.length > longestReason ? `Give the reason in ${longestReason} characters or fewer` : undefined;
}

/** The ground and the reader's words in one line, as they are kept with the authorization and in the audit. */
export function groundWords({ ground, reason = '' }: Declaration): string {
  return reason === '' ? declaredGrounds[ground] : `${declaredGrounds[ground]}: ${reason}`;
}
