import { LaunchError } from './outcome.ts';
import type { Tab } from './tab.ts';

/** The tab's own storage, tried out. Where a framed page may not have it, nothing can be kept, and nothing is asked for. */
export function reachStorage(tab: Tab): Storage {
  try {
    const storage = tab.storage();
    const probe = 'care-timeline.probe';
    storage.setItem(probe, '1');
    storage.removeItem(probe);
    return storage;
  } catch (cause) {
    throw new LaunchError({ reason: 'storage-blocked', newTabHref: tab.address.href }, { cause });
  }
}
