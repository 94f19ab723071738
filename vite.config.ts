import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compileAhead } from './tools/compile-ahead.ts';
import { firstLoadSplitting } from './tools/first-load.ts';
import { leanFhirclient } from './tools/lean-fhirclient.ts';
import { pdfParts } from './tools/pdf-parts.ts';
import { serviceWorker } from './tools/service-worker.ts';

export default defineConfig({
  plugins: [react({ compiler: true }), tailwindcss(), leanFhirclient(), pdfParts(), compileAhead(), serviceWorker()],
  define: { FHIRCLIENT_PURE: 'true' },
  build: {
    outDir: 'dist',
    target: 'es2023',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: firstLoadSplitting } },
  },
});
