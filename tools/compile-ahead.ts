import type { Plugin } from 'vite';
import { reactFile } from './first-load.ts';

/** What V8 from 136 on (Chrome, Edge) reads at the very head of a script, and every other engine as a comment. */
const hint = '//# allFunctionsCalledOnLoad\n';

/**
 * Heads the page's own scripts with the hint that all their functions are called as they load: most of them are, in the first
 * drawing, and are then compiled on another thread while the script arrives instead of one by one on the main thread (T12).
 */
export function compileAhead(): Plugin {
  return {
    name: 'care-timeline:compile-ahead',
    apply: 'build',
    generateBundle: {
      // After whatever else writes at the head of a file.
      order: 'post',
      handler(_options, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === 'chunk' && withHint(chunk)) chunk.code = hint + chunk.code;
        }
      },
    },
  };
}

/** Only the scripts that a page starts with: what is opened later is small, and the service worker draws nothing. */
export function withHint({ isEntry, name, fileName }: { isEntry: boolean; name: string; fileName: string }): boolean {
  return (isEntry || name === reactFile) && fileName.startsWith('assets/');
}
