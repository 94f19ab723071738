/** What was noted beside something, each note whole and in its writer's own lines. */
export function Notes({ notes }: { notes: readonly string[] }) {
  return notes.map((words) => (
    <span key={words} className="mt-0.5 block whitespace-pre-line font-normal">
      {words}
    </span>
  ));
}
