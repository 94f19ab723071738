import type { HubConfig } from '../config.ts';
import { markup } from '../markup.ts';
import { page, type Page } from './pages.ts';
import type { UpstreamSignOn } from './sign-on.ts';

/** Staff of several organisations sign on here: which service is yours. */
export function signOnChoicePage(
  config: HubConfig,
  base: string,
  services: readonly UpstreamSignOn[],
  query = '',
): Page {
  const title = 'How do you sign on?';
  const body = markup`<h1>${title}</h1>
    <ul class="ways">
      ${services.map(({ id, signOn }) => markup`<li><a href="${base}/${id}${query}">${signOn.name}</a></li>`)}
    </ul>`;
  return page({ config, title, body });
}
