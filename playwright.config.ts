import { defineConfig } from '@playwright/test';
import { hub } from './e2e/addresses.ts';
import { browserFlags, findBrowser } from './tools/browser.ts';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: process.env['CI'] === 'true',
  // A journey that passes only at the second try is a fault we would not hear of.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  globalSetup: './e2e/start-product.ts',
  use: {
    baseURL: hub,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1280, height: 720 },
    launchOptions: { executablePath: findBrowser(), args: browserFlags() },
    // Faults are put into the page's own requests; the installed app has journeys of its own (installed.test.ts).
    serviceWorkers: 'block',
    trace: 'off',
  },
});
