import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/**
 * What pdf.js fetches by name while it draws a letter, as files of our own: its worker, the decoders of scanned pages (fax, JBIG2, JPEG 2000) in plain
 * JavaScript, since the content security policy allows no WebAssembly, and the fonts every PDF may rely on. They stand under
 * `assets/pdf-<version>/`, so that they may be kept for good. Without the decoders a scanned page would be drawn empty.
 */
export function pdfParts(): Plugin {
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = `assets/pdf-${version}/`;
  const files = new Map<string, string>();
  for (const from of ['legacy/build', 'wasm', 'standard_fonts']) {
    for (const name of readdirSync(join(home, from))) {
      if (/^pdf\.worker\.min\.mjs$|_nowasm_fallback\.js$|\.pfb$|\.ttf$|^LICENSE/.test(name)) {
        files.set(name, join(home, from, name));
      }
    }
  }
  return {
    name: 'pdf-parts',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '').split('?')[0] ?? '';
        const file = path.startsWith(`/${folder}`) ? files.get(path.slice(folder.length + 1)) : undefined;
        if (file === undefined) return next();
        response.setHeader('Content-Type', /\.m?js$/.test(file) ? 'text/javascript' : 'application/octet-stream');
        response.end(readFileSync(file));
      });
    },
    generateBundle() {
      for (const [name, file] of files) {
        this.emitFile({ type: 'asset', fileName: `${folder}${name}`, source: readFileSync(file) });
      }
    },
  };
}
