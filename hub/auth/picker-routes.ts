import type { FastifyInstance } from 'fastify';
import { errors } from 'oidc-provider';
import { groundWords } from '../access/relationship/grounds.ts';
import { findById } from '../people/find.ts';
import { auditActor } from './auth-audit.ts';
import type { AuthParts } from './auth-parts.ts';
import { candidatesPage } from './candidates-page.ts';
import type { ChosenPatient } from './grant.ts';
import { noteFailure, secondsToWait, type Guessing } from './guesses.ts';
import type { InteractionRequest, Interactions } from './interactions.ts';
import { searchAudited } from './picker-audit.ts';
import { pickerPage } from './picker-page.ts';
import {
  declarationOf,
  problemsOf,
  readPickerForm,
  reasonWords,
  type PickerForm,
  type Problem,
} from './picker-search.ts';
import { sendPage } from './send-page.ts';
import { signOnSystem } from './sign-on-claims.ts';

/** The picker: search by POST, so that no address holds anybody's data, then the choice of one of the people shown. */
export function addPickerRoutes(app: FastifyInstance, parts: AuthParts, interactions: Interactions): void {
  app.post('/interaction/:uid/find', async (request: InteractionRequest, reply) => {
    const { interaction, fields } = await interactions.submitted(request, reply);
    const view = await interactions.view(interaction);
    const form = readPickerForm(fields);
    const problems = problemsOf(form);
    if (problems.length > 0) return sendPage(reply, 400, pickerPage(view, form, problems));
    const guessing: Guessing = { what: 'person', who: view.user.id };
    const wait = await secondsToWait(parts, guessing);
    if (wait > 0) {
      void reply.header('Retry-After', wait);
      return sendPage(reply, 429, pickerPage(view, form, [tooMany(wait)]));
    }
    const people = await searchAudited(parts, view.user, String(interaction.params['client_id']), form);
    request.log.info({ user: view.user.practitioner, found: people.length }, 'a person was searched for');
    if (people.length === 0) {
      const actor = auditActor({ client: undefined, user: view.user, patient: undefined, from: signOnSystem });
      await noteFailure(parts, guessing, actor);
      return sendPage(reply, 404, pickerPage(view, form, [nobody(form)]));
    }
    const declared = declarationOf(form);
    const choices = people.map(({ person, standing }) => {
      const reason = declared === undefined && standing !== undefined ? groundWords(standing) : reasonWords(form);
      const chosen: ChosenPatient = { id: person.id, reason, declared };
      return { person, standing, choice: interactions.seal.seal(interaction.uid, 'choice', chosen) };
    });
    return sendPage(reply, 200, candidatesPage(view, choices, reasonWords(form)));
  });

  // A page of results that is opened again without its form starts the search anew.
  app.get('/interaction/:uid/find', async (request: InteractionRequest, reply) =>
    reply.redirect(interactions.addressOf(request.params.uid), 303),
  );

  app.post('/interaction/:uid/choose', async (request: InteractionRequest, reply) => {
    const { interaction, fields } = await interactions.submitted(request, reply);
    // Only somebody who was shown on the page before, with the reason given there, can be chosen.
    const choice = interactions.seal.open(interaction.uid, 'choice', fields.get('choice') ?? '');
    const chosen = choice as ChosenPatient | undefined;
    const person = chosen && (await findById(parts.database, chosen.id));
    // A person merged into another one since then is not who was shown.
    if (chosen === undefined || person?.id !== chosen.id) throw new errors.SessionNotFound('choice not found');
    return interactions.finish(request, reply, { patient: chosen });
  });

  app.post('/interaction/:uid/leave', async (request: InteractionRequest, reply) => {
    await interactions.submitted(request, reply);
    return interactions.finish(request, reply, { error: 'access_denied', error_description: 'No record was chosen.' });
  });
}

/** Nothing was looked up: it says nothing of who is in the record. */
function tooMany(seconds: number): Problem {
  const words = seconds < 60 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return {
    field: 'nhsNumber',
    words: `You searched many times without finding anybody. Wait ${words}, then search again`,
  };
}

function nobody({ nhsNumber, reason }: PickerForm): Problem {
  if (reason === 'standing') {
    return {
      field: 'reason-standing',
      words: 'Nobody fits of whom you said why before, or it has ended. Check the person, or choose another reason',
    };
  }
  return nhsNumber !== ''
    ? {
        field: 'nhsNumber',
        words: 'Nobody in this record fits. Check the NHS number, or search by name and date of birth',
      }
    : {
        field: 'family',
        words: 'Nobody in this record fits. Check the name and date of birth, or use the NHS number',
      };
}
