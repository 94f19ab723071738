import { parseArgs } from 'node:util';
import { measureAccess } from './access-page.ts';
import { measureAppSize } from './app-size.ts';
import { measureFeeds } from './feeds/measure-feeds.ts';
import type { Figure } from './figure.ts';
import { measureHub } from './hub-page.ts';
import { measureWrites } from './hub-writes.ts';
import { measureJoin } from './join/measure-join.ts';
import { measureStart } from './start.ts';
import { measureTimeline } from './timeline/measure-timeline.ts';

// `npm run bench -- [--json] [--only PREFIX]`: what is measured, each against a stated floor or ceiling, in one run.

const areas: { prefix: string; measure: (only: string) => Promise<Figure[]> }[] = [
  { prefix: 'access.', measure: measureAccess },
  { prefix: 'app.', measure: measureAppSize },
  { prefix: 'feeds.', measure: measureFeeds },
  { prefix: 'hub.page', measure: measureHub },
  { prefix: 'hub.', measure: measureWrites },
  { prefix: 'join.', measure: measureJoin },
  { prefix: 'start.', measure: measureStart },
  { prefix: 'timeline.', measure: measureTimeline },
];

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string', default: '' } } });
const wanted = areas.filter((area) => area.prefix.startsWith(values.only) || values.only.startsWith(area.prefix));
if (wanted.length === 0) {
  console.error(`Nothing is measured under ${values.only}: there are ${areas.map((area) => area.prefix).join(' ')}`);
  process.exit(1);
}
for (const area of wanted) {
  for (const figure of await area.measure(values.only)) {
    if (!figure.name.startsWith(values.only)) continue;
    if (values.json === true) console.log(JSON.stringify(figure));
    else
      console.log(
        `${figure.name}  ${figure.value.toPrecision(4)} ${figure.unit}  ratio ${figure.ratio.toFixed(3)}  against ${figure.against}`,
      );
  }
}
