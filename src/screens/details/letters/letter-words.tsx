/** A letter's words as plain text, its lines kept. */
export function LetterWords({ words }: { words: string }) {
  if (words.trim() === '') return <EmptyLetter />;
  return <div className="rounded-sm border border-line bg-page px-3 py-2 whitespace-pre-wrap">{words.trim()}</div>;
}

export function EmptyLetter() {
  return <p>This letter was sent without any text.</p>;
}

export function DamagedLetter() {
  return <p>This letter was damaged on its way and cannot be shown. Read it in the source system.</p>;
}
