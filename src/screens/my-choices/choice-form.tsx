import { useId, useState, type ReactNode } from 'react';
import { informationKinds, type InformationKind, type OwnChoice } from '../../../fhir/own-choice.ts';
import { sourceIds, sourceNames } from '../../../fhir/sources.ts';
import type { Organisation } from '../../launch/session.ts';
import { Button } from '../../ui/button.tsx';
import { kindWords, whatFollows } from './choice-words.ts';

export interface ChoiceFormProps {
  organisations: readonly Organisation[] | undefined;
  /** Whether the person chose this already. */
  isKept: (choice: OwnChoice) => boolean;
  busy: boolean;
  onKeep: (choice: OwnChoice) => void;
}

const everything = '';
/** Nothing is kept back by a press that chose nothing. */
const notChosen = 'choose';

/** What to keep back, whose telling of it and from whom, and what follows before it is pressed. */
export function ChoiceForm({ organisations, isKept, busy, onKeep }: ChoiceFormProps) {
  const [what, setWhat] = useState(notChosen);
  const [source, setSource] = useState(everything);
  const [whom, setWhom] = useState(everything);
  const choice: OwnChoice = {
    kind: informationKinds.find((kind: InformationKind) => kind === what),
    fromSource: source === everything ? undefined : source,
    toOrganisation: whom === everything ? undefined : whom,
  };
  const chosen = what !== notChosen || source !== everything;
  const kept = chosen && isKept(choice);
  const ready = chosen && !kept && !busy;
  return (
    <form
      className="text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onKeep(choice);
      }}
    >
      <Choose label="What" value={what} onChange={setWhat}>
        <option value={notChosen} disabled>
          Choose
        </option>
        <option value={everything}>Everything</option>
        {informationKinds.map((kind) => (
          <option key={kind} value={kind}>
            {kindWords[kind].name}: {kindWords[kind].what}
          </option>
        ))}
      </Choose>
      <Choose label="Told by" value={source} onChange={setSource}>
        <option value={everything}>Anybody</option>
        {sourceIds.map((id) => (
          <option key={id} value={id}>
            {sourceNames[id].records}
          </option>
        ))}
      </Choose>
      <Choose label="Kept back from" value={whom} onChange={setWhom}>
        <option value={everything}>Everybody</option>
        {organisations?.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Choose>
      {chosen && (
        <ul className="my-2 list-disc pl-5 text-secondary">
          {whatFollows(choice).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <div role="status">{kept && <p className="mb-2">You keep this back already.</p>}</div>
      <Button look="primary" type="submit" aria-disabled={!ready}>
        Keep back
      </Button>
    </form>
  );
}

interface ChooseProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

function Choose({ label, value, onChange, children }: ChooseProps) {
  const id = useId();
  return (
    <div className="mb-2 flex flex-col gap-0.5">
      <label htmlFor={id} className="font-bold text-secondary">
        {label}
      </label>
      <select
        id={id}
        className="min-h-8 w-full rounded border border-control bg-card px-2 max-sm:min-h-11"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {children}
      </select>
    </div>
  );
}
