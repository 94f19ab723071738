/** How long things live, in seconds. */
export interface Lifetimes {
  accessToken: number;
  /** From the authorization on; refreshing never goes past it. */
  authorization: number;
  /** An authorization by which nothing is read for so long is over. */
  authorizationIdle: number;
  code: number;
  launchHandle: number;
  /** A signed-on browser that asks for nothing is signed off after this. */
  sessionIdle: number;
  /** A sign-on lasts no longer, however busy. */
  session: number;
  /** Time for signing on and choosing the person. */
  interaction: number;
  /** A rotated refresh token presented again within this gets the same answer; later it ends the authorization. */
  refreshGrace: number;
}

export const usualLifetimes: Lifetimes = {
  accessToken: 600,
  authorization: 12 * 3600,
  authorizationIdle: 1800,
  code: 60,
  launchHandle: 300,
  sessionIdle: 3600,
  session: 12 * 3600,
  interaction: 1800,
  refreshGrace: 30,
};
