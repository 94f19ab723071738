import { formatNhsNumber } from '../../fhir/nhs-number.ts';
import { roleWords } from '../../fhir/role-words.ts';
import { isSourceId, sourceNames } from '../../fhir/sources.ts';
import { glassReasons, isGlassReason } from '../access/relationship/break-glass.ts';
import type { AuditLine } from '../audit/lines.ts';
import { page, type Page } from '../auth/pages.ts';
import type { HubConfig } from '../config.ts';
import { markup, type Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { field, form } from '../ops/page-parts.ts';
import type { StaffSession } from '../ops/session.ts';
import { directory } from '../store/rows.ts';
import type { BrokenGlass, NamedPerson } from './look.ts';
import { patternDays } from './look.ts';
import type { Pattern } from './patterns.ts';
import { foldLines } from './fold.ts';
import { foldedWords } from './words.ts';

/** What every one of these pages needs. */
export interface Shown {
  config: HubConfig;
  session: StaffSession;
  /** Whether this user is a privacy officer, and not somebody with their own trail. */
  officer: boolean;
  /** What was just done, where something was. */
  done?: string | undefined;
}

function frame({ config, session, officer, done }: Shown, title: string, body: Markup): Page {
  const all = [
    ['/privacy', 'Look up'],
    ['/privacy/broken-glass', 'Broken glass'],
    ['/privacy/patterns', 'Patterns'],
    ['/privacy/mine', 'My own trail'],
  ];
  const links = (officer ? all : all.slice(-1)).map(
    ([href = '', words = '']) => markup`<a href="${href}">${words}</a> `,
  );
  return page({
    config,
    title,
    body: markup`<div class="user"><p>${session.user.name}, ${session.user.roleName}</p>
        <p>${links}</p>
        ${form(session, '/privacy/sign-off', markup`<button class="second">Sign off</button>`)}</div>
      <h1>${title}</h1>
      ${done === undefined ? undefined : markup`<p role="status"><strong>${done}</strong></p>`}
      ${body}`,
  });
}

/** Where to look up a person or a user, and what waits. */
export function lookUpPage(shown: Shown, toReview: number): Page {
  const waits =
    toReview === 0
      ? markup`<p>No broken glass waits for you.</p>`
      : markup`<p><a href="/privacy/broken-glass">${String(toReview)} times</a> the glass was broken and nobody has looked yet.</p>`;
  const body = markup`${waits}
    <h2>Who looked at a person’s record</h2>
    ${form(shown.session, '/privacy/person', markup`${field('nhsNumber', 'NHS number')}<button>Show who looked</button>`)}
    <h2>What a user looked at</h2>
    ${form(
      shown.session,
      '/privacy/user',
      markup`${field('user', 'User id')}${field('organisation', 'Organisation code')}<button>Show what they looked at</button>`,
    )}
    <p>Each look of yours here is written down as well, and the person is told.</p>`;
  return frame(shown, 'Privacy', body);
}

/** Lines of one person or one user, and where more follow. */
export interface Trail {
  lines: readonly AuditLine[];
  names: ReadonlyMap<string, NamedPerson>;
  /** By ODS code. */
  organisations: ReadonlyMap<string, string>;
  /** The form's fields that ask for what came before; undefined where that is all. */
  earlier: { action: string; fields: Record<string, string> } | undefined;
}

/** Who looked at one person's record. */
export function personPage(shown: Shown, person: NamedPerson, trail: Trail): Page {
  const title = `Who looked at ${person.name || 'this record'}`;
  const number = person.nhsNumber === undefined ? 'no NHS number' : `NHS ${formatNhsNumber(person.nhsNumber)}`;
  return frame(
    shown,
    title,
    markup`<p>${number}</p>${trailTable(shown, trail, { withUser: true, withPerson: false })}`,
  );
}

/** What one user looked at. */
export function userPage(shown: Shown, user: { id: string; organisation: string }, trail: Trail): Page {
  const name = trail.lines.find((line) => line.user !== undefined)?.user?.name ?? user.id;
  const intro = markup`<p>User ${user.id}, ${user.organisation}</p>`;
  return frame(
    shown,
    `What ${name} looked at`,
    markup`${intro}${trailTable(shown, trail, { withUser: false, withPerson: true })}`,
  );
}

/** A member of staff's own trail. */
export function ownPage(shown: Shown, trail: Trail): Page {
  const intro = markup`<p>What is written of you when you use this record. Others who may ask are told the same.</p>`;
  return frame(
    shown,
    'My own trail',
    markup`${intro}${trailTable(shown, trail, { withUser: false, withPerson: true })}`,
  );
}

function trailTable(
  { session }: Shown,
  { lines, names, organisations, earlier }: Trail,
  { withUser, withPerson }: { withUser: boolean; withPerson: boolean },
): Markup {
  if (lines.length === 0) return markup`<p>Nothing is written.</p>`;
  const heads = ['When', ...(withUser ? ['Who'] : []), 'What', ...(withPerson ? ['Whose record'] : []), 'From', 'Why'];
  const rows = foldLines(lines).map((folded) => {
    const { line } = folded;
    const cells = [
      ...(withUser ? [userWords(line, organisations)] : []),
      markup`${foldedWords(folded)}`,
      ...(withPerson ? [personWords(line.patient, names)] : []),
      markup`${fromWords(line.openedFrom)}`,
      markup`${line.reason ?? ''}`,
    ];
    return markup`<tr><th scope="row" class="moment">${moment(line.at)}</th>${cells.map((cell, place) => markup`<td class="words" data-head="${heads[place + 1] ?? ''}">${cell}</td>`)}</tr>`;
  });
  return markup`<div class="wide" tabindex="0" role="region" aria-label="Trail"><table class="lines">
      <thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${rows}</tbody></table></div>
    ${
      earlier === undefined
        ? markup`<p>That is all there is.</p>`
        : form(
            session,
            earlier.action,
            markup`${Object.entries(earlier.fields).map(
              ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}" />`,
            )}<button class="second">Show what came before</button>`,
          )
    }`;
}

function userWords({ user, client }: AuditLine, organisations: ReadonlyMap<string, string>): Markup {
  if (user === undefined) return markup`${client ?? 'Nobody who was known'}`;
  return markup`${user.name}<br />${user.role === 'person' ? 'the person' : whereWords(user, organisations)}<br />${user.id}`;
}

function whereWords(
  { role, organisation }: { role: string; organisation: string },
  organisations: ReadonlyMap<string, string>,
): string {
  const name = organisations.get(organisation);
  return `${roleWords(role, undefined)}, ${name === undefined ? organisation : `${name} (${organisation})`}`;
}

function personWords(id: string, names: ReadonlyMap<string, NamedPerson>): Markup {
  if (id === directory) return markup`nobody’s`;
  const person = names.get(id);
  if (person === undefined) return markup`a record that is gone`;
  const number = person.nhsNumber === undefined ? 'no NHS number' : formatNhsNumber(person.nhsNumber);
  return markup`${person.name || 'no name'}<br />${number}`;
}

/** Where somebody came from who did not come from a clinical system. */
const waysIn: Record<string, string> = {
  intranet: 'the intranet',
  person: 'their own sign-in',
  privacy: 'the privacy pages',
  ops: 'the operator’s pages',
};

function fromWords(from: string | undefined): string {
  if (from === undefined) return '';
  if (Object.hasOwn(waysIn, from)) return waysIn[from] ?? from;
  return isSourceId(from) ? sourceNames[from].system : from;
}

/** Every time the glass was broken, what is to be looked at first. */
export function brokenGlassPage(
  shown: Shown,
  broken: readonly BrokenGlass[],
  { names, organisations }: Pick<Trail, 'names' | 'organisations'>,
): Page {
  const rows = broken.map((each, place) => {
    const { user, code, reason, reviewed, finding } = each;
    const id = `finding-${place}`;
    const review = form(
      shown.session,
      '/privacy/broken-glass',
      markup`<input type="hidden" name="patient" value="${each.patient}" /><input type="hidden" name="grant" value="${each.grant}" />
        <div class="field"><label for="${id}">What you found</label><input type="text" id="${id}" name="finding" required /></div>
        <button>Keep the finding</button>`,
    );
    return markup`<div class="person"><h2>${user.name}, ${moment(each.at)}</h2><dl>
        <dt>Record of</dt><dd>${personWords(each.patient, names)}</dd>
        <dt>By</dt><dd>${whereWords(user, organisations)}, ${user.id}</dd>
        <dt>From</dt><dd>${fromWords(each.from)}</dd>
        <dt>Reason</dt><dd>${isGlassReason(code) ? glassReasons[code] : code}</dd>
        <dt>In their words</dt><dd>${reason}</dd>
        ${reviewed === undefined ? undefined : markup`<dt>Found</dt><dd>${finding ?? ''} (${moment(reviewed)})</dd>`}</dl>
      ${reviewed === undefined ? review : undefined}</div>`;
  });
  return frame(shown, 'Broken glass', rows.length === 0 ? markup`<p>The glass was never broken.</p>` : markup`${rows}`);
}

/** What is odd enough to ask about. */
export function patternsPage(
  shown: Shown,
  patterns: readonly Pattern[],
  names: ReadonlyMap<string, NamedPerson>,
): Page {
  const rows = patterns.map(({ user, words, people, first, last }) => {
    const fields = markup`<input type="hidden" name="user" value="${user.id}" /><input type="hidden" name="organisation" value="${user.organisation}" />`;
    const some = people.slice(0, 3).map((id) => markup`<div>${personWords(id, names)}</div>`);
    const more = people.length > 3 ? markup`<div>and ${String(people.length - 3)} more</div>` : undefined;
    return markup`<tr><th scope="row">${words}</th><td class="words">${user.name}<br />${roleWords(user.role, undefined)}, ${user.organisation}</td>
      <td class="words">${some}${more}</td><td>${moment(first)}<br />${moment(last)}</td>
      <td>${form(shown.session, '/privacy/user', markup`${fields}<button class="second">Their trail</button>`)}</td></tr>`;
  });
  const heads = ['What is odd', 'Who', 'Whose record', 'First and last', 'Look'];
  const table = markup`<div class="wide" tabindex="0" role="region" aria-label="Patterns"><table>
      <thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
  const intro = markup`<p>Of the last ${String(patternDays)} days. Each is a question to ask, and most have a good answer.</p>`;
  return frame(shown, 'Patterns', markup`${intro}${rows.length === 0 ? markup`<p>Nothing is odd.</p>` : table}`);
}

/** Why somebody may not see these pages. */
export function notAnOfficerPage(config: HubConfig, words: string): Page {
  const title = 'This is for privacy officers';
  return page({
    config,
    title,
    body: markup`<h1>${title}</h1><div class="problem" role="alert"><p>${words}</p></div>
      <p><a href="/privacy/mine">See your own trail</a></p><p><a href="/privacy?afresh">Sign on as somebody else</a></p>`,
  });
}

/** The way back in, for somebody who is not signed on any more. */
export function signedOffPage(config: HubConfig, words: string): Page {
  const title = 'Signed off';
  const body = markup`<h1>${title}</h1><p>${words}</p><p><a href="/privacy?afresh">Sign on</a></p>`;
  return page({ config, title, body });
}
