import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors, type InteractionResults } from 'oidc-provider';
import { addresses } from '../config.ts';
import type { AuthParts } from './auth-parts.ts';
import { FormSeal } from './form-seal.ts';
import { knownKeys } from './keys.ts';
import type { PickerView } from './picker-view.ts';
import type { SmartProvider } from './smart-provider.ts';
import { findSignOn } from './sign-on-session.ts';

export type InteractionRequest = FastifyRequest<{ Params: { uid: string } }>;
export type Interaction = Awaited<ReturnType<SmartProvider['interactionDetails']>>;

/** The authorization under way in a browser, between its start and its answer to the app. */
export class Interactions {
  readonly seal: FormSeal;
  readonly #parts: AuthParts;
  readonly #provider: SmartProvider;
  readonly #issuer: string;

  constructor(parts: AuthParts, provider: SmartProvider) {
    this.seal = new FormSeal(parts.keys.forms, ...knownKeys(parts.keys).map(({ forms }) => forms));
    this.#parts = parts;
    this.#provider = provider;
    this.#issuer = addresses(parts.config).issuer;
  }

  addressOf(uid: string): string {
    return `${this.#issuer}/interaction/${encodeURIComponent(uid)}`;
  }

  /** The interaction of this path, if this browser holds its cookie. Rejects with SessionNotFound. */
  async current(request: InteractionRequest, reply: FastifyReply): Promise<Interaction> {
    const interaction = await this.#provider.interactionDetails(request.raw, reply.raw);
    if (interaction.uid !== request.params.uid) throw new errors.SessionNotFound('another interaction');
    return interaction;
  }

  /** The fields of a form of this interaction's own pages, at the step of choosing. Rejects with SessionNotFound. */
  async submitted(
    request: InteractionRequest,
    reply: FastifyReply,
  ): Promise<{ interaction: Interaction; fields: URLSearchParams }> {
    const interaction = await this.current(request, reply);
    const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const token = this.seal.open(interaction.uid, 'form', fields.get('token') ?? '');
    if (interaction.prompt.name === 'login' || token !== true) {
      throw new errors.SessionNotFound('form not of this interaction');
    }
    return { interaction, fields };
  }

  /** What the picker's pages show around themselves. Rejects with SessionNotFound when nobody is signed on. */
  async view(interaction: Interaction): Promise<PickerView> {
    const signOn = interaction.session && (await findSignOn(this.#parts.records, interaction.session.uid));
    if (signOn === undefined) throw new errors.SessionNotFound('nobody is signed on');
    return {
      config: this.#parts.config,
      user: signOn.user,
      base: this.addressOf(interaction.uid),
      someoneElse: this.againOf(interaction),
      appOrigin: originOf(interaction.params['redirect_uri']),
      formToken: this.seal.seal(interaction.uid, 'form', true),
    };
  }

  /** The same authorization from its start, with a fresh sign-on. */
  againOf(interaction: Interaction): string {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...interaction.params, prompt: 'login' })) {
      if (typeof value === 'string' && name !== 'resource') query.set(name, value);
    }
    return `${this.#issuer}/authorize?${query.toString()}`;
  }

  /** Ends this step with its result and goes on with the authorization. */
  async finish(request: FastifyRequest, reply: FastifyReply, result: InteractionResults): Promise<FastifyReply> {
    return reply.redirect(await this.#provider.interactionResult(request.raw, reply.raw, result), 303);
  }
}

/** Origin of the app's registered redirect address, already checked by oidc-provider. */
function originOf(redirectUri: unknown): string {
  if (typeof redirectUri !== 'string') throw new errors.SessionNotFound('no redirect address');
  return new URL(redirectUri).origin;
}
