/** A date as this page writes it (`14-Nov-2026`), which must never be broken at its hyphens. */
const day = /(\d{2}-[A-Z][a-z]{2}-\d{4})/;

/** Words whose dates stay whole when the line ends. */
export function Unbroken({ words }: { words: string }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return words.split(day).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- parts of one text have no other name
      <span key={index} className="whitespace-nowrap">
        {part}
      </span>
    ),
  );
}
