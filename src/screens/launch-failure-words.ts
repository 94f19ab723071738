import type { LaunchFailureReason } from '../launch/outcome.ts';

/** What a failed launch says: what happened, and what the reader can do about it. */
export interface LaunchFailureWords {
  title: string;
  happened: string;
  todo: string;
  /** What the link that tries again is called, where trying again can help. */
  retry: string;
}

const fromSystem = 'Close this page, and press the Care Timeline icon again in the system you work in.';

/** For `hub-down` on a device that has no network. */
export const offlineWords: LaunchFailureWords = {
  title: 'You are offline. No record is shown.',
  happened:
    'This device has no network, and nothing of any record is kept on it. This does not mean that there is nothing on record.',
  todo: 'Try again once you are connected.',
  retry: 'Try again',
};

/** One sentence each for a reader who knows nothing of launches; none may be taken for an empty record. */
export const launchFailureWords: Record<LaunchFailureReason, LaunchFailureWords> = {
  'malformed-launch': {
    title: 'This page was opened with an incomplete address',
    happened: 'It does not say which record service to ask, or which launch this is. No record was opened.',
    todo: fromSystem,
    retry: 'Sign on here instead',
  },
  'unknown-hub': {
    title: 'This record service is not one we trust',
    happened:
      'The page was asked to read from a service that is not on its list. Nothing was sent there and no record was opened.',
    todo: 'If you pressed an icon in your own system, tell your service desk. If you followed a link, close this page.',
    retry: 'Sign on here instead',
  },
  'hub-down': {
    title: 'The record service cannot be reached',
    happened: 'It did not answer. No record is shown. This does not mean that there is nothing on record.',
    todo: 'Try again. If it goes on, use the source systems themselves and tell your service desk.',
    retry: 'Try again',
  },
  'handle-expired': {
    title: 'This launch is too old, or was used before',
    happened: 'Each press of the icon opens one record once, and only for a short time. No record was opened.',
    todo: fromSystem,
    retry: 'Try again',
  },
  'access-denied': {
    title: 'You were not let in',
    happened: 'The record service refused, or sign-on was cancelled. No record was opened.',
    todo: 'If you should have access, ask your service desk to check your role.',
    retry: 'Sign on again',
  },
  'scope-refused': {
    title: 'You were given too little access to show a timeline',
    happened:
      'The record service did not allow what a timeline must read. A part of it would mislead, so none is shown.',
    todo: 'Ask your service desk to check what Care Timeline may read for your role.',
    retry: 'Sign on again',
  },
  'storage-blocked': {
    title: 'Your browser keeps this page from working inside another',
    happened:
      'It is shown inside another system, and the browser does not let it keep its sign-on there. No record was opened.',
    todo: 'Open it in a tab of its own: the same record, the same launch.',
    retry: 'Try again',
  },
  'bad-callback': {
    title: 'This answer does not belong to a launch of this tab',
    happened: 'It may have been used before, or have been meant for another tab. No record was opened.',
    todo: fromSystem,
    retry: 'Sign on again',
  },
  'token-invalid': {
    title: 'We could not make sure who you are',
    happened: "The record service's answer did not hold when it was checked. No record is shown.",
    todo: `${fromSystem} If it happens again, tell your service desk.`,
    retry: 'Sign on again',
  },
  'no-patient': {
    title: 'No person was chosen',
    happened: 'The launch named no person, so that no record could be opened.',
    todo: "Open one person's record in the system you work in, then press the icon there.",
    retry: 'Choose a person',
  },
  idle: {
    title: 'Your session has ended: the page was not used',
    happened: 'Nobody used it for 30 minutes, so the record has been closed. Nothing of it was kept in this browser.',
    todo: 'Press the Care Timeline icon again in the system you work in, or sign on here.',
    retry: 'Sign on again',
  },
  'session-over': {
    title: 'Your session has ended',
    happened: 'The record has been closed. Nothing of it was kept in this browser.',
    todo: 'Press the Care Timeline icon again in the system you work in, or sign on here.',
    retry: 'Sign on again',
  },
};
