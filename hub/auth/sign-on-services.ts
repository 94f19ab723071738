import { addresses, signOnsOf, type HubConfig, type Registrations } from '../config.ts';
import type { AuthRecords } from './records.ts';
import { UpstreamSignOn } from './sign-on.ts';

/** Every service by which people sign on here. */
export interface SignOnServices {
  /** Those for staff, in the order they are configured. */
  staff: readonly UpstreamSignOn[];
  /** The one by which people sign in to their own record. */
  person: UpstreamSignOn | undefined;
  find(id: string): UpstreamSignOn | undefined;
}

/** The services that are configured. Each has an address of its own to return to, unless it is the only one. */
export function signOnServices(
  config: HubConfig,
  registrations: Registrations,
  records: AuthRecords,
  lifeSeconds: number,
): SignOnServices {
  const callback = `${addresses(config).issuer}/sign-on/callback`;
  const services = signOnsOf(registrations).map(
    (signOn) =>
      new UpstreamSignOn(signOn, signOn.id === undefined ? callback : `${callback}/${signOn.id}`, records, lifeSeconds),
  );
  return {
    staff: services.filter(({ signOn }) => signOn.audience !== 'person'),
    person: services.find(({ signOn }) => signOn.audience === 'person'),
    find: (id) => services.find((service) => service.id === id),
  };
}
