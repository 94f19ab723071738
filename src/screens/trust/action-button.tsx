import type { NoticeAction } from '../../timeline/completeness.ts';
import { Button } from '../../ui/button.tsx';

export interface ActionButtonProps {
  action: NoticeAction | undefined;
  onAction: (action: NoticeAction) => void;
}

/** What can be done about a notice. */
export function ActionButton({ action, onAction }: ActionButtonProps) {
  if (action === undefined) return null;
  return (
    <Button icon={action.what === 'retry' ? 'refresh' : undefined} onClick={() => onAction(action)}>
      {action.label}
    </Button>
  );
}
