import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { compileAhead } from '../../tools/compile-ahead.ts';
import { firstLoadSplitting } from '../../tools/first-load.ts';

const ownPages = resolve(import.meta.dirname, 'pages');

/** Builds one bench page for production into `outDir/<page>/`, as the product is built. */
export async function buildPage(page: string, outDir: string, pages = ownPages): Promise<void> {
  await build({
    configFile: false,
    root: pages,
    base: `/${page}/`,
    logLevel: 'error',
    plugins: [react({ compiler: true }), tailwindcss(), compileAhead()],
    define: { FHIRCLIENT_PURE: 'true' },
    build: {
      outDir: resolve(outDir, page),
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // A peer's weight is its own.
      chunkSizeWarningLimit: Infinity,
      // A peer's style sheet holds a query no minifier reads.
      cssMinify: pages === ownPages,
      minify: process.env['BENCH_READABLE'] === undefined,
      rolldownOptions: { input: resolve(pages, `${page}.html`), output: { codeSplitting: firstLoadSplitting } },
    },
  });
}
