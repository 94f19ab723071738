import { OutcomePage } from './outcome-page.tsx';

/** Between the icon and the record: says that it works, and shows nothing that could be read as a record. */
export function StartingScreen() {
  return (
    <OutcomePage>
      <h1 className="mb-2 text-2xl leading-tight">Opening the record</h1>
      <p role="status">Checking who you are and whose record to open.</p>
    </OutcomePage>
  );
}
