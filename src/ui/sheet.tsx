import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface SheetProps {
  /** Id of the heading inside that names it, and takes focus when it opens (`tabIndex={-1}`). */
  labelledBy: string;
  /** Called on Esc, on the browser's own close request and on a press beside the sheet. */
  onClose: () => void;
  children: ReactNode;
  testId?: string;
  className?: string;
}

/**
 * A sheet over the page on the native dialog: the rest is inert and focus stays within while it is open. It starts under
 * the header, so that whose record it is stays in view. It is open as long as it is mounted; then focus goes back to
 * where it was.
 */
export function Sheet({ labelledBy, onClose, children, testId, className }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before it leaves the page: only then does the browser give focus back to where it was (WCAG 2.4.3).
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return undefined;
    element.showModal();
    // The title first, so that a screen reader says what has opened, and not the button that closes it.
    document.getElementById(labelledBy)?.focus();
    return () => element.close();
  }, [labelledBy]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- a press on the backdrop; Esc is the key for it, the close button the control
    <dialog
      ref={dialog}
      aria-labelledby={labelledBy}
      data-testid={testId}
      onCancel={(event) => {
        // React hands on what a sheet over this one was asked: that one closes, this one stays.
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      className={classNames(
        'fixed inset-x-0 top-[min(var(--header-height),50dvh)] bottom-0 m-0 ml-auto h-auto max-h-none w-full max-w-none border-l border-control bg-card text-text backdrop:top-[var(--header-height)] backdrop:bg-black/30 sm:w-[30rem]',
        className,
      )}
    >
      <div className="min-h-full p-4">{children}</div>
    </dialog>
  );
}
