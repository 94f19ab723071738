import type { Plugin } from 'vite';

// The launch uses two functions of fhirclient. Its FHIR client is never called, and its `debug` prints tokens to the
// console of whoever sets `localStorage.debug`: both are left out of the bundle (6 KiB gzip).

const client = `exports.default = class { constructor(environment, state) { this.environment = environment; this.state = state; } };`;
const debug = `const silent = () => {}; silent.extend = () => silent; module.exports = () => silent;`;

/** Replaces the parts of fhirclient that the app does not use, for the build only. */
export function leanFhirclient(): Plugin {
  return {
    name: 'lean-fhirclient',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const path = id.split('?')[0] ?? id;
      if (path.endsWith('/fhirclient/lib/Client.js')) return client;
      if (/\/node_modules\/debug\/src\/(?:browser|index)\.js$/.test(path)) return debug;
      return undefined;
    },
  };
}
