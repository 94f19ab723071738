import { useQuery } from '@tanstack/react-query';
import type { ChoiceNames, OwnChoice } from '../../../fhir/own-choice.ts';
import type { Organisation, Session } from '../../launch/session.ts';
import {
  keepChoice,
  readOrganisations,
  readOwnChoices,
  undoChoice,
  type KeptChoice,
} from '../../record/own-choices.ts';
import { personKey } from '../../record/person-key.ts';
import { useAct, type Act } from '../access/use-act.ts';

export interface Choices {
  status: 'reading' | 'failed' | 'read';
  kept: readonly KeptChoice[];
  again: () => void;
  act: Act;
  /** Saves one and calls `saved` when the hub keeps to it and the list says so. */
  keep: (choice: OwnChoice, names: ChoiceNames, saved: () => void) => void;
  undo: (choices: readonly KeptChoice[], undone: () => void) => void;
}

/** The person's choices as the hub keeps to them, and the ways to change them. Needs the details' cache around it. */
export function useChoices(session: Session): Choices {
  const act = useAct();
  const answer = useQuery({
    queryKey: ['own-choices', ...personKey(session)],
    queryFn: ({ signal }) => readOwnChoices(session, signal),
  });
  const change = async (work: Promise<void>, done: () => void): Promise<void> => {
    await work;
    await answer.refetch();
    done();
  };
  return {
    status: answer.status === 'success' ? 'read' : answer.isFetching ? 'reading' : 'failed',
    kept: answer.data ?? [],
    again: () => void answer.refetch(),
    act,
    keep: (choice, names, saved) => void act.run(() => change(keepChoice(session, choice, names), saved)),
    undo: (choices, undone) => void act.run(() => change(undoAll(session, choices), undone)),
  };
}

/** One after the other: of what could not be undone the list goes on saying that it holds. */
async function undoAll(session: Session, choices: readonly KeptChoice[]): Promise<void> {
  for (const choice of choices) await undoChoice(session, choice);
}

/** Organisations that a choice can name; undefined while they are not known. */
export function useOrganisations(session: Session): { list: readonly Organisation[] | undefined; failed: boolean } {
  const answer = useQuery({
    queryKey: ['organisations', ...personKey(session)],
    queryFn: ({ signal }) => readOrganisations(session, signal),
  });
  return { list: answer.data, failed: answer.status === 'error' && !answer.isFetching };
}
