import type { NoticeAction } from '../../timeline/completeness.ts';
import { Button } from '../../ui/button.tsx';

export interface ActionButtonProps {
  action: NoticeAction | undefined;
  onAction: (action: NoticeAction) => void;
}

/** What can be done about a notice. */
export function ActionButton({ action, onAction }: ActionButtonProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  if (action === undefined) return null;
  return (
    <Button icon={action.what === 'retry' ? 'refresh' : undefined} onClick={() => onAction(action)}>
      {action.label}
    </Button>
  );
}
