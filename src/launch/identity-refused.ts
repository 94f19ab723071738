/** The identity token does not hold: the session must end. */
export class IdentityRefused extends Error {}
