import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserFlags, findBrowser } from './tools/browser.ts';
import { pdfParts } from './tools/pdf-parts.ts';

const browserTests = 'src/**/*.browser.test.tsx';

const mockingTests = 'hub/access/leak.test.ts';
const nodeTests = {
  globalSetup: ['./hub/store/testing-postgres.ts'],
  setupFiles: ['./tools/generated-cases.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    // One less than there are processors would be one on a small machine, and twice the wait.
    maxWorkers: '100%',
    projects: [
      {
        // Pure code, the hub and its store. Store tests run on PGlite and, where one is installed, on PostgreSQL.
        test: {
          name: 'node',
          environment: 'node',
          // A third of the time went into loading the same modules for every file. What mocks a module stands alone, below.
          isolate: false,
          include: ['{bench,fhir,hub,mocks,src,tools}/**/*.test.{ts,tsx}'],
          exclude: [browserTests, mockingTests, '**/node_modules/**'],
          ...nodeTests,
        },
      },
      { test: { name: 'alone', environment: 'node', include: [mockingTests], ...nodeTests } },
      {
        plugins: [react({ compiler: true }), tailwindcss(), pdfParts()],
        define: { FHIRCLIENT_PURE: 'true' },
        optimizeDeps: {
          include: [
            'react',
            'react-dom',
            'react-dom/client',
            'react/jsx-dev-runtime',
            'react/compiler-runtime',
            'vitest-browser-react',
            'wouter',
            '@tanstack/react-query',
            '@tanstack/react-virtual',
            'axe-core',
            'msw',
            'dompurify',
            'pdfjs-dist/legacy/build/pdf.mjs',
          ],
        },
        test: {
          name: 'browser',
          include: [browserTests],
          setupFiles: ['./tools/without-debugger.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: findBrowser(), args: browserFlags() } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
