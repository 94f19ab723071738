import { switchLetterKeys, useLetterKeys } from './letter-keys.ts';

const keys: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['j', 'Page Down'], 'next entry'],
  [['k', 'Page Up'], 'entry before'],
  [['Home', 'End'], 'first and last entry'],
  [['Enter'], 'opens the entry'],
  [['Esc'], 'closes it and returns to its row'],
  [['/'], 'goes to the search'],
  [['?'], 'shows these keys'],
];

/** What the keys do in the timeline, and the switch for those that are a single character. */
export function KeysHelp() {
  const letters = useLetterKeys();
  return (
    <>
      <p className="mb-2 text-sm">They work while an entry of the timeline has focus.</p>
      <table className="w-full text-left text-sm">
        <thead className="sr-only">
          <tr>
            <th scope="col">Key</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(([names, does]) => (
            <tr key={does} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-3 font-normal">
                {names.map((name, index) => (
                  <span key={name} className={!letters && name.length === 1 ? 'line-through' : undefined}>
                    {index > 0 && ' or '}
                    <kbd className="rounded-sm border border-control px-1.5 font-bold">{name}</kbd>
                    {!letters && name.length === 1 && ' (off)'}
                  </span>
                ))}
              </th>
              <td className="py-1.5">{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label className="mt-3 flex min-h-11 items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-action"
          checked={letters}
          onChange={({ target }) => switchLetterKeys(target.checked)}
        />
        Use single keys: j, k, / and ?
      </label>
      <p className="text-xs text-secondary">Off helps where speech or a switch sends letters. It holds for this tab.</p>
    </>
  );
}
