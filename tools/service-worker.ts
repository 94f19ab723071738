import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const fileName = 'sw.js';

/**
 * Builds the service worker to `/sw.js`, outside `/assets/` so that it governs the whole app and is asked for anew every
 * time, and writes into it what it keeps: the page and the app's scripts and styles, and a version that changes with them.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'care-timeline:service-worker',
    apply: 'build',
    buildStart() {
      const id = resolve(import.meta.dirname, '../src/service-worker/worker.ts');
      this.emitFile({ type: 'chunk', id, fileName, preserveSignature: false });
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle[fileName];
        if (worker?.type !== 'chunk') throw new Error('The service worker was not built.');
        if (worker.imports.length > 0) throw new Error(`The service worker imports ${worker.imports.join(', ')}`);
        const assets = Object.keys(bundle).filter((name) => /^assets\/.*\.(?:m?js|css)$/.test(name));
        const page = bundle['index.html'];
        const version = createHash('sha256').update(worker.code).update(assets.sort().join('\n'));
        if (page?.type === 'asset') version.update(page.source);
        worker.code = worker.code
          .replace('%FILES%', ['/', ...assets.map((name) => `/${name}`)].join(' '))
          .replace('%VERSION%', version.digest('hex').slice(0, 16));
      },
    },
  };
}
