import { resolve } from 'node:path';
import { createAuth } from './auth/auth.ts';
import { addresses, readConfig, type HubConfig, type Registrations } from './config.ts';
import { openFeeds, type Feeds } from './feeds/feeds.ts';
import { formats } from './feeds/formats.ts';
import { httpFeeds } from './feeds/receivers/http.ts';
import { feedMetrics } from './feeds/sources/feed-metrics.ts';
import { fhirPlugin } from './fhir/plugin.ts';
import { addAppFiles } from './http/app-files.ts';
import { addHealth } from './http/health.ts';
import { limitRequests } from './http/limit-requests.ts';
import { addMetrics } from './http/metrics.ts';
import { addSecurityHeaders, appPolicy } from './http/security-headers.ts';
import { createServer } from './http/server.ts';
import { opsPlugin } from './ops/plugin.ts';
import { privacyPlugin } from './privacy/plugin.ts';
import { readRegistrations } from './registrations.ts';
import type { Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { openDatabase } from './store/open.ts';

/** A running hub. */
export interface Hub {
  database: Database;
  /** The sources' ways in; undefined where none is configured. */
  feeds: Feeds | undefined;
  /** Ends listening, then closes the store; answers and messages under way are finished first. */
  close(): Promise<void>;
}

export interface HubOptions {
  config: HubConfig;
  registrations: Registrations;
  /** Folder of the built app; awaited only when it is first needed. */
  appFolder: string | Promise<string>;
  /** Loads what must be there before the hub says that it is ready (the demonstration borough). */
  load?: (database: Database) => Promise<void>;
  logLevel?: string;
}

/**
 * Starts the hub: store, migrations, FHIR service, authorization server, the app's files. Listens before `load` has
 * ended, so that `/readyz` can say so; resolves when ready. Rejects when the store cannot be had or the port is taken.
 */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { config, registrations } = options;
  const { fhirBase } = addresses(config);
  const database = await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
  try {
    await migrate(database);
    const auth = await createAuth({ config, registrations, database });
    const app = await createServer({ logLevel: options.logLevel });
    let loaded = false;
    const https = config.publicUrl.startsWith('https:');
    await addSecurityHeaders(app, { https });
    addHealth(app, database, () => loaded);
    const toldOfMetrics = (error: Error | undefined) =>
      error === undefined
        ? app.log.info('how the feeds stand can be measured again')
        : app.log.warn({ error: error.name }, 'how the feeds stand cannot be measured');
    addMetrics(app, feedMetrics(database, registrations.feeds ?? [], toldOfMetrics));
    await app.register(async (scope) => {
      // A flood of guesses is slowed; a hospital behind one address, at ten launches a second, is not.
      await limitRequests(scope, 6000, { by: 'address' });
      await scope.register(auth.plugin, { prefix: '/oauth' });
    });
    await app.register(async (scope) => {
      // By token, so that one app that asks without end slows nobody else; by address where there is none.
      await limitRequests(scope, 12_000, { by: 'token' });
      await scope.register(fhirPlugin, {
        prefix: '/fhir',
        database,
        base: fhirBase,
        readerOf: (token: string, named?: string) => auth.readerOf(token, named),
        smartConfiguration: () => auth.smartConfiguration(),
        allowedOrigins: registrations.apps.flatMap((client) => client.redirectUris.map((uri) => new URL(uri).origin)),
      });
    });
    const settings = registrations.feeds ?? [];
    let feeds: Feeds | undefined;
    await app.register(async (scope) => {
      await limitRequests(scope, 12_000, { by: 'token' });
      await scope.register(httpFeeds, {
        prefix: '/feeds',
        feeds: settings,
        keep: async (message) => {
          if (feeds === undefined) throw new Error('The inbox is not open yet.');
          return feeds.keep(message);
        },
        identify: (token) => auth.serviceOf(token),
      });
    });
    await app.register(async (scope) => {
      await limitRequests(scope, 600, { by: 'address' });
      await scope.register(opsPlugin, {
        prefix: '/ops',
        database,
        config,
        records: auth.records,
        signOns: auth.staffSignOns,
        operatorRoles: registrations.operatorRoles ?? [],
        receivers: () => feeds?.receivers ?? [],
        wake: () => feeds?.wake(),
      });
    });
    await app.register(async (scope) => {
      await limitRequests(scope, 600, { by: 'address' });
      await scope.register(privacyPlugin, {
        prefix: '/privacy',
        database,
        config,
        records: auth.records,
        signOns: auth.staffSignOns,
        privacyRoles: registrations.privacyRoles ?? [],
      });
    });
    await addAppFiles(
      app,
      await options.appFolder,
      {
        hubs: registrations.apps
          .slice(0, 1)
          .map((client) => ({ name: 'Islington', iss: fhirBase, clientId: client.clientId })),
        demonstration: config.demo,
        idleMinutes: registrations.idleMinutes ?? 10,
      },
      appPolicy({ framedBy: registrations.clinicalSystems.flatMap((system) => system.origins), https }),
    );
    await app.listen({ port: config.port, host: listenAddress(config) });
    try {
      await options.load?.(database);
      if (settings.length > 0)
        feeds = await openFeeds({ database, databaseUrl: config.databaseUrl, settings, formats, log: app.log });
    } catch (error) {
      await app.close();
      throw error;
    }
    loaded = true;
    return {
      database,
      feeds,
      async close() {
        await feeds?.close();
        await app.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Loopback only while the hub is known as localhost; a hub with a real address is reached through its network. */
function listenAddress(config: HubConfig): string {
  return ['localhost', '127.0.0.1'].includes(new URL(config.publicUrl).hostname) ? 'localhost' : '::';
}

if (import.meta.main) {
  const config = readConfig(process.env);
  try {
    const hub = await startHub({
      config,
      registrations: readRegistrations(config),
      appFolder: resolve(import.meta.dirname, '../dist'),
      logLevel: 'info',
    });
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void hub.close());
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
