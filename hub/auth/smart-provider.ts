import { Provider, errors, type Configuration, type TokenEndpointGrantContext } from 'oidc-provider';
import { findById } from '../people/find.ts';
import { AlreadyUsed } from './adapter.ts';
import type { AuthParts } from './auth-parts.ts';
import { findAuthorization } from './authorization.ts';
import { noteOpening } from './opening.ts';
import { answerRefresh } from './refresh-answers.ts';
import { standingContext } from './standing-context.ts';

export type GrantContext = TokenEndpointGrantContext;
export type GrantHandler = (ctx: GrantContext) => Promise<void>;
type Names = string | readonly string[] | ReadonlySet<string>;

/**
 * oidc-provider with the two things SMART needs at the token endpoint: the launch context in every answer, and the
 * forgiving answer to a refresh that was sent twice. The library registers its own grant handlers through this method,
 * so they are wrapped here, not copied.
 */
export class SmartProvider extends Provider {
  readonly parts: AuthParts;

  constructor(issuer: string, configuration: Configuration, parts: AuthParts) {
    super(issuer, configuration);
    this.parts = parts;
  }

  override registerGrantType<Params extends object>(
    name: string,
    handler: (ctx: TokenEndpointGrantContext<Params>) => void | Promise<void>,
    params?: Names,
    duplicates?: Names,
  ): void {
    const withContext: GrantHandler = async (ctx) => {
      await handler(ctx as TokenEndpointGrantContext<Params>);
      await addLaunchContext(this.parts, ctx, name === 'authorization_code');
    };
    const wrapped: GrantHandler = async (ctx) => {
      if (name === 'refresh_token') await answerRefresh(this.parts, ctx, withContext);
      else await redeem(this.parts, ctx, withContext);
    };
    super.registerGrantType(name, wrapped, params, duplicates);
  }
}

/** A code that two requests present at once is a code presented twice: all that came of it ends (RFC 6749, 4.1.2). */
async function redeem(parts: AuthParts, ctx: GrantContext, handler: GrantHandler): Promise<void> {
  try {
    await handler(ctx);
  } catch (error) {
    if (error instanceof AlreadyUsed && error.grant !== undefined) await parts.records.removeGrant(error.grant);
    throw error;
  }
}

/**
 * Launch context as top-level members of the token response (SMART 2.2, 2.0.10); a refresh repeats it. The exchange of
 * the code is the moment the record is opened: it says as well when this user last did so (T14), and only it does.
 */
async function addLaunchContext(parts: AuthParts, ctx: GrantContext, opening: boolean): Promise<void> {
  const grant = ctx.oidc.entities.Grant?.jti;
  const authorization = grant === undefined ? undefined : await findAuthorization(parts.records, grant);
  // Never an answer without its patient: a token that names nobody must not leave.
  if (grant === undefined || authorization === undefined) throw new errors.InvalidGrant('the authorization has ended');
  // Merged into somebody else or withheld since: a record that looks empty, or should not be seen, is not opened on.
  const person = await findById(parts.database, authorization.patient);
  if (person?.id !== authorization.patient) {
    await parts.records.removeGrant(grant);
    throw new errors.InvalidGrant('the person can no longer be told for certain');
  }
  const { patient, user } = authorization;
  const lastOpened = opening ? await noteOpening(parts.database, patient, user) : undefined;
  ctx.body = {
    ...(ctx.body as object),
    ...(await standingContext(parts, grant, authorization)),
    ...(lastOpened === undefined ? {} : { last_opened: lastOpened }),
  };
}
