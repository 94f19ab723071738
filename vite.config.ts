import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react({ compiler: true }), tailwindcss()],
  define: { FHIRCLIENT_PURE: 'true' },
  build: { outDir: 'dist', target: 'es2023', modulePreload: { polyfill: false }, reportCompressedSize: false },
});
