import { useState } from 'react';
import type { Deny } from '../../../fhir/read-choices.ts';
import type { OwnChoice } from '../../../fhir/own-choice.ts';
import { isSourceId, sourceNames } from '../../../fhir/sources.ts';
import { parsePartialDate } from '../../../fhir/partial-date.ts';
import type { Session } from '../../launch/session.ts';
import type { KeptChoice } from '../../record/own-choices.ts';
import { formatDate } from '../../timeline/dates.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { ActOutcome } from '../access/act-outcome.tsx';
import { ChoiceForm } from './choice-form.tsx';
import { whatWords, whomWords } from './choice-words.ts';
import { useChoices, useOrganisations } from './use-choices.ts';

/** Who may look (T7): what the person keeps back now, each with its undo, and the way to keep back something else. */
export function MyChoices({ session }: { session: Session }) {
  const choices = useChoices(session);
  const organisations = useOrganisations(session);
  const [said, setSaid] = useState<string>();
  const { status, kept, act } = choices;

  const organisationNames = new Map(organisations.list?.map(({ code, name }) => [code, name]));
  const keep = (choice: OwnChoice) => {
    const own = organisationNames.get(choice.toOrganisation ?? '');
    const { fromSource } = choice;
    const source = fromSource !== undefined && isSourceId(fromSource) ? sourceNames[fromSource].records : undefined;
    setSaid(undefined);
    choices.keep(choice, { organisation: own, source }, () =>
      setSaid(
        `Saved. Kept back from ${whomWords(choice, organisationNames)}: ${whatWords(choice, organisationNames)}.`,
      ),
    );
  };
  const undo = (choice: KeptChoice) => {
    setSaid(undefined);
    choices.undo([choice], () => setSaid(`Undone. Given again: ${choiceTitle(choice)}.`));
  };

  return (
    <>
      <p className="text-sm">
        Those who care for you can look at this record. Here you decide what you keep back from them. It holds as soon
        as it is saved.
      </p>
      <ActOutcome said={said} failure={act.failure} />
      <Section title="What you keep back now">
        {status === 'reading' && <p className="text-sm">Reading your choices.</p>}
        {status === 'failed' && (
          <Notice look="failure" actions={<Button onClick={choices.again}>Try again</Button>}>
            Your choices could not be read. They still hold.
          </Notice>
        )}
        {status === 'read' && kept.length === 0 && <p className="text-sm">Nothing.</p>}
        <ul>
          {kept.map((choice) => (
            <li
              key={choice.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1.5 text-sm last:border-b-0"
            >
              <div className="min-w-0 flex-1 basis-48">
                {choice.denies.map((deny) => (
                  <ChoiceLine
                    key={JSON.stringify(deny)}
                    deny={deny}
                    names={new Map([...choice.names, ...organisationNames])}
                    at={choice.at}
                  />
                ))}
              </div>
              <Button aria-disabled={act.busy} onClick={() => undo(choice)}>
                Undo<span className="sr-only"> {choiceTitle(choice)}</span>
              </Button>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Keep something back">
        {organisations.failed && (
          <Notice className="mb-2">
            The organisations could not be read: for now you can only keep something back from everybody.
          </Notice>
        )}
        <ChoiceForm
          organisations={organisations.list}
          isKept={(choice) => kept.some(({ denies }) => denies.some((deny) => isSame(deny, choice)))}
          busy={act.busy || status !== 'read'}
          onKeep={keep}
        />
        <p className="mt-3 text-sm text-secondary">
          To keep back a single visit, letter or result, close this, open it in your record and press “Keep this from
          everybody”.
        </p>
      </Section>
    </>
  );
}

interface ChoiceLineProps {
  deny: Deny;
  names: ReadonlyMap<string, string>;
  at: string | undefined;
}

function ChoiceLine({ deny, names, at }: ChoiceLineProps) {
  const since = parsePartialDate(at);
  return (
    <p>
      <b>{whatWords(deny, names)}</b>
      <span className="block text-secondary">
        Kept back from {whomWords(deny, names)}
        {since !== undefined && <Unbroken words={`, decided ${formatDate(since)}`} />}
      </span>
    </p>
  );
}

function choiceTitle({ denies, names }: KeptChoice): string {
  return denies.map((deny) => whatWords(deny, names)).join(', ');
}

function isSame(deny: Deny, { kind, fromSource, toOrganisation }: OwnChoice): boolean {
  const always = deny.since === undefined && deny.until === undefined && deny.items.length === 0;
  return always && deny.kind === kind && deny.fromSource === fromSource && deny.toOrganisation === toOrganisation;
}
