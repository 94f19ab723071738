import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { letterType, type LetterFile } from './letter-file.ts';

/** How long the browser gets to take the file over, milliseconds. */
const handOver = 20_000;

/**
 * Hands a letter to the browser as a file. Its name says nothing of the person (no title, no name, no date), its type keeps it from
 * being opened as a page, and the address it is handed over by is taken back.
 */
export function saveLetter({ bytes, type }: Pick<LetterFile, 'bytes' | 'type'>): string {
  const name = `letter.${letterType(type).extension}`;
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), handOver);
  return name;
}

/** The button for it; what was saved stays on the device, and that is said. */
export function SaveLetter({ file, title }: { file: LetterFile; title: string }) {
  const [saved, setSaved] = useState<string>();
  return (
    <>
      <Button aria-label={`Save ${title}`} onClick={() => setSaved(saveLetter(file))}>
        Save
      </Button>
      {saved !== undefined && (
        <p role="status" className="text-xs text-secondary">
          Handed to this browser as {saved}. It stays on this device until it is deleted.
        </p>
      )}
    </>
  );
}
