import type { TeamMember } from '../../timeline/key-information/care-team.ts';
import { lineOf } from '../../timeline/key-information/lines.ts';
import { KeyLineView } from './key-line-view.tsx';

/** Somebody of the care team: name, role, team, and how to reach them as the source states it. */
export function TeamLine({ member }: { member: TeamMember }) {
  const { role, team, contacts } = member;
  const detail = [role, team].filter((words) => words !== undefined && words !== member.text);
  const item = { ...member, detail: [...detail.filter((words) => words !== undefined), ...member.detail] };
  return (
    <KeyLineView line={lineOf([item])}>
      {contacts.length > 0 && (
        <span className="block">
          {contacts.map(({ kind, value }, index) => (
            <span key={`${kind} ${value}`}>
              {index > 0 && ' · '}
              {kind === 'phone' && (
                <a
                  className="inline-block text-link underline max-sm:py-2.5"
                  href={`tel:${value.replace(/[^\d+]/g, '')}`}
                >
                  {value}
                </a>
              )}
              {kind !== 'phone' && value}
            </span>
          ))}
        </span>
      )}
    </KeyLineView>
  );
}
