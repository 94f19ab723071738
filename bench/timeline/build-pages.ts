import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const pages = resolve(import.meta.dirname, 'pages');

/** Builds one bench page for production into `outDir/<page>/`, as the product is built. */
export async function buildPage(page: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: pages,
    base: `/${page}/`,
    logLevel: 'error',
    plugins: [react({ compiler: true }), tailwindcss()],
    define: { FHIRCLIENT_PURE: 'true' },
    build: {
      outDir: resolve(outDir, page),
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      minify: process.env['BENCH_READABLE'] === undefined,
      rolldownOptions: { input: resolve(pages, `${page}.html`) },
    },
  });
}
