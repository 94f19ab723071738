import type { Plugin } from 'vite';

// The launch uses three functions of fhirclient. Its FHIR client and the tables for it are never used, and its `debug` prints tokens to the
// console of whoever sets `localStorage.debug`: all are left out of the bundle (7 KiB gzip).

const client = `exports.default = class { constructor(environment, state) { this.environment = environment; this.state = state; } };`;
const settings = `exports.SMART_KEY = 'SMART_KEY'; exports.patientCompartment = exports.patientParams = []; exports.fhirVersions = {};`;
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
      if (path.endsWith('/fhirclient/lib/settings.js')) return settings;
      if (/\/node_modules\/debug\/src\/(?:browser|index)\.js$/.test(path)) return debug;
      return undefined;
    },
  };
}
