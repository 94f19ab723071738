import { readdirSync, readFileSync, existsSync } from 'node:fs';
import type { Chapter } from './story.ts';

const kept = '## What leafing through changed';

/** The page to leaf through, in Markdown; what people wrote under its last heading stays. */
export function leafThrough(folder: string, chapters: readonly Chapter[], widths: readonly number[]): string {
  const there = new Set(readdirSync(folder));
  const page = `${folder}/README.md`;
  const before = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const written = before.includes(kept) ? before.slice(before.indexOf(kept)).trimEnd() : kept;
  const shares = widths.map((width) => `${Math.round((width / (widths[0] ?? width)) * 55) + 8}%`);
  const lines = ['# Every state of the product', ''];
  lines.push(
    '`npm run screenshots` writes these pictures from the running product and this page around them; `npm run screenshots -- NAME…` only those named. Everybody in them is invented.',
    '',
  );
  for (const { title, stories } of chapters) {
    lines.push(`## ${title}`, '');
    for (const { name, caption } of stories) {
      lines.push(`**${name}.** ${caption}`, '');
      for (const look of ['', '-dark']) {
        const pictures = widths.flatMap((width, index) => {
          const file = `${name}-${width}${look}.png`;
          const words = `${name} at ${width} pixels${look === '' ? '' : ', dark'}`;
          return there.has(file) ? [`<img src="${file}" alt="${words}" width="${shares[index]}">`] : [];
        });
        if (pictures.length > 0) lines.push(`<p>${pictures.join('\n')}</p>`, '');
      }
    }
  }
  const sheets = [...there].filter((file) => /^print-\d\.png$/.test(file)).sort();
  if (sheets.length > 0) {
    lines.push(
      '**print, the sheets.** Two years on paper: identity, who printed it and when, and the sources on every sheet.',
      '',
    );
    lines.push(
      `<p>${sheets.map((file) => `<img src="${file}" alt="${file.replace('.png', '')}" width="24%">`).join('\n')}</p>`,
      '',
    );
  }
  return `${[...lines, written].join('\n')}\n`;
}
