/** Stems that tell one specialty from another; a clinic's name holds one of them, whatever else it says. */
const specialties =
  /cardio|heart|derma|skin|orthop|trauma|fracture|ophthal|\beye|ear nose|\bent\b|respir|chest|renal|nephro|dialys|diabet|endocrin|geriatr|elderly|older|paediat|child|obstet|matern|antenatal|midwi|gynae|neurol|stroke|rheumat|gastro|urolog|haematol|oncol|cancer|psychi|memory|infect|pain|physio|vascular|breast|plastic|dental|maxillo|general surg|general (?:internal )?medic|acute medic|anaesth|sexual|audiol|podiat|phlebot|blood test|imaging|x-?ray/gi;
/** Stems that name one specialty in two ways. */
const synonyms: Record<string, string> = {
  heart: 'cardio',
  skin: 'derma',
  trauma: 'orthop',
  fracture: 'orthop',
  eye: 'ophthal',
  ent: 'ear nose',
  chest: 'respir',
  nephro: 'renal',
  dialys: 'renal',
  diabet: 'endocrin',
  elderly: 'geriatr',
  older: 'geriatr',
  child: 'paediat',
  matern: 'obstet',
  antenatal: 'obstet',
  midwi: 'obstet',
  cancer: 'oncol',
  phlebot: 'blood test',
};

/** Words come from a record that says the same few again and again; no more of them are kept than these. */
const mostWords = 2_000;

/** Works out once what the same words come to. */
export function rememberedByWords<T>(read: (words: string) => T): (words: string) => T {
  const known = new Map<string, T>();
  return (words) => {
    let found = known.get(words);
    if (found === undefined) {
      found = read(words);
      if (known.size >= mostWords) known.clear();
      known.set(words, found);
    }
    return found;
  };
}

/** The specialties that words name, as stems. */
export const specialtiesIn = rememberedByWords((words): readonly string[] =>
  [...words.matchAll(specialties)].map(([stem]) => {
    const plain = stem.toLowerCase();
    return synonyms[plain] ?? plain;
  }),
);

/** `true` when both say one thing, `false` when both say something and it differs, undefined when either says nothing. */
export function agree(a: readonly string[], b: readonly string[], same: (x: string, y: string) => boolean = equal) {
  if (a.length === 0 || b.length === 0) return undefined;
  return a.some((x) => b.some((y) => same(x, y)));
}

function equal(a: string, b: string): boolean {
  return a === b;
}

/** One reason in other words: every word of weight of the shorter is in the longer. Codes are equal or nothing. */
export function sameReason(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [weighty(a), weighty(b)];
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  return short.length > 0 && short.every((word) => long.includes(word));
}

const weighty = rememberedByWords((words) =>
  words.split(/[^a-z]+/).filter((word) => word.length > 3 && !/^(?:with|from|left|right|pain|acute)$/.test(word)),
);

/** The family name of a clinician, however written: `Dr A Okafor`, `OKAFOR, Ada (Dr)`. */
export function familyName(name: string): string | undefined {
  const plain = name.replace(/\([^)]*\)/g, '').trim();
  const family = plain.includes(',') ? plain.split(',')[0] : plain.split(/\s+/).at(-1);
  const word = family?.trim().toLowerCase();
  return word !== undefined && /^[\p{L}'’-]{2,}$/u.test(word) ? word : undefined;
}
