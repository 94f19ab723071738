import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a form carries from one page to the next, signed for this interaction, so that it cannot be made up, changed or
 * brought from another sign-on.
 */
export class FormSeal {
  readonly #keys: readonly [string, ...string[]];

  /** @param keys the first signs; the others are known from before */
  constructor(...keys: [string, ...string[]]) {
    this.#keys = keys;
  }

  seal(interaction: string, purpose: string, value: unknown): string {
    const text = Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${text}.${this.#sign(this.#keys[0], interaction, purpose, text).toString('base64url')}`;
  }

  /** The value, or undefined when the seal is not of this interaction and purpose. */
  open(interaction: string, purpose: string, sealed: string): unknown {
    const [text = '', signature = ''] = sealed.split('.');
    const given = Buffer.from(signature, 'base64url');
    const isRight = this.#keys.some((key) => {
      const right = this.#sign(key, interaction, purpose, text);
      return given.length === right.length && timingSafeEqual(given, right);
    });
    if (!isRight) return undefined;
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
  }

  #sign(key: string, interaction: string, purpose: string, text: string): Buffer {
    return createHmac('sha256', key)
      .update(JSON.stringify([interaction, purpose, text]))
      .digest();
  }
}
