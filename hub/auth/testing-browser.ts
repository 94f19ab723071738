/** A browser as far as sign-on needs one: cookies with paths, redirects, forms; it stops at the app's own address. */
export class TestBrowser {
  readonly #stopAt: string;
  readonly #cookies = new Map<string, { value: string; path: string; host: string }>();
  /** Every address it was sent to, for what must never be in one. */
  readonly visited: string[] = [];

  constructor(stopAt: string) {
    this.#stopAt = stopAt;
  }

  async get(url: string): Promise<TestPage> {
    return this.#follow(url, undefined);
  }

  /** Sends the form of the page whose action ends so, with its hidden fields and these. */
  async submit(page: TestPage, action: string, fields: Record<string, string> = {}, index = 0): Promise<TestPage> {
    const forms = [...page.body.matchAll(/<form[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/g)];
    const form = forms.filter((match) => match[1]?.endsWith(action))[index];
    if (form?.[1] === undefined) throw new Error(`no form ${action} on the page: ${page.body}`);
    const all = new URLSearchParams();
    for (const [, name = '', value = ''] of (form[2] ?? '').matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
      all.set(name, value);
    }
    for (const [name, value] of Object.entries(fields)) all.set(name, value);
    return this.#follow(form[1], all);
  }

  cookies(): string[] {
    return [...this.#cookies.keys()];
  }

  async #follow(start: string, form: URLSearchParams | undefined): Promise<TestPage> {
    let url = start;
    let body = form;
    for (let hops = 0; hops < 15; hops += 1) {
      this.visited.push(url);
      if (url.startsWith(this.#stopAt)) return { url, status: 0, body: '', headers: new Headers(), hops };
      const target = new URL(url);
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: this.#cookieHeader(target), accept: 'text/html' },
        ...(body === undefined ? {} : { method: 'POST', body }),
      });
      this.#keep(target, response);
      const location = response.headers.get('location');
      if (location === null) {
        return { url, status: response.status, body: await response.text(), headers: response.headers, hops };
      }
      await response.body?.cancel();
      url = new URL(location, url).href;
      body = undefined;
    }
    throw new Error('too many redirects');
  }

  #cookieHeader({ pathname, host }: URL): string {
    return (
      [...this.#cookies]
        .filter(
          ([, cookie]) =>
            cookie.host === host &&
            (pathname === cookie.path || pathname.startsWith(`${cookie.path.replace(/\/$/, '')}/`)),
        )
        // RFC 6265, 5.4: of one name the longer path comes first, and is the one that counts.
        .toSorted(([, a], [, b]) => b.path.length - a.path.length)
        .map(([key, { value }]) => `${key.split('@')[0] ?? ''}=${value}`)
        .join('; ')
    );
  }

  #keep({ host }: URL, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const path = attributes.find((each) => each.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
      const expires = attributes.find((each) => each.toLowerCase().startsWith('expires='))?.slice(8);
      const name = pair.slice(0, pair.indexOf('='));
      const key = `${name}@${host}${path}`;
      if (expires !== undefined && Date.parse(expires) <= Date.now()) this.#cookies.delete(key);
      else this.#cookies.set(key, { value: pair.slice(pair.indexOf('=') + 1), path, host });
    }
  }
}

export interface TestPage {
  url: string;
  status: number;
  body: string;
  headers: Headers;
  hops: number;
}
