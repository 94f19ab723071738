import type { FastifyInstance } from 'fastify';
import { errors } from 'oidc-provider';
import type { AuthParts } from './auth-parts.ts';
import { Interactions, type InteractionRequest } from './interactions.ts';
import { errorPage } from './pages.ts';
import { addPickerRoutes } from './picker-routes.ts';
import { pickerPage } from './picker-page.ts';
import { emptyForm } from './picker-search.ts';
import { nameOf, sendPage } from './send-page.ts';
import type { SmartProvider } from './smart-provider.ts';
import { addSignOnRoutes } from './sign-on-routes.ts';

/** The steps of a standalone launch that a person sees: sign-on at the organisation's own service, and the picker. */
export function addInteractionRoutes(app: FastifyInstance, parts: AuthParts, provider: SmartProvider): void {
  const interactions = new Interactions(parts, provider);
  const beginSignOn = addSignOnRoutes(app, parts, interactions);
  addPickerRoutes(app, parts, interactions);

  app.get('/interaction/:uid', async (request: InteractionRequest, reply) => {
    const interaction = await interactions.current(request, reply);
    if (interaction.prompt.name === 'login') return beginSignOn(interaction, request, reply);
    return sendPage(reply, 200, pickerPage(await interactions.view(interaction), emptyForm, []));
  });

  app.setErrorHandler(async (error, request, reply) => {
    if (error instanceof errors.SessionNotFound) {
      const words = 'This page has ended, because it was left open too long or somebody else signed on.';
      return sendPage(reply, 400, errorPage(parts.config, 400, words));
    }
    const status = statusOf(error);
    if (status >= 500) request.log.error({ reason: nameOf(error) }, 'a page of the sign-on failed');
    return sendPage(reply, status, errorPage(parts.config, status, 'What was sent could not be read.'));
  });
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 ? status : 500;
}
