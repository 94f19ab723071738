import type { FeedSetting } from '../feed-settings.ts';

/** A hospital that sends live over MLLP and promises to be heard every half an hour. */
export const hospitalFeed: FeedSetting = {
  source: 'system-c',
  organisation: 'RKE',
  format: 'hl7-v2',
  arrives: 'live',
  promiseMinutes: 30,
  receiver: { kind: 'mllp', port: 2575, host: '127.0.0.1' },
};
