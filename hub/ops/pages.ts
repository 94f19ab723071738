import { sourceNames, isSourceId } from '../../fhir/sources.ts';
import type { HubConfig } from '../config.ts';
import { page, type Page } from '../auth/pages.ts';
import { markup, type Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import type { OpenReceiver } from '../feeds/receivers/open-receivers.ts';
import type { ConflictView, MessageView, SourceView } from './look.ts';
import { masked } from './masked.ts';
import { field, form, list } from './page-parts.ts';
import type { StaffSession } from './session.ts';

/** What every page of the operator's needs. */
export interface Shown {
  config: HubConfig;
  session: StaffSession;
  /** What was just done, where something was. */
  done?: string | undefined;
}

/** Every page of the operator's around its own part. */
export function frame({ config, session, done }: Shown, title: string, body: Markup): Page {
  const links = [
    ['/ops', 'Sources'],
    ['/ops/dead-letters', 'Dead letters'],
    ['/ops/doubts', 'Doubts'],
    ['/ops/people', 'People to settle'],
  ].map(([href = '', words = '']) => markup`<a href="${href}">${words}</a> `);
  return page({
    config,
    title,
    body: markup`<div class="user"><p>${session.user.name}, ${session.user.roleName}</p>
        <p>${links}</p>
        ${form(session, '/ops/sign-off', markup`<button class="second">Sign off</button>`)}</div>
      <h1>${title}</h1>
      ${done === undefined ? undefined : markup`<p role="status"><strong>${done}</strong></p>`}
      ${body}`,
  });
}

/** The system's name; a load's own name where it is none. */
export function nameOf(source: string): string {
  return isSourceId(source) ? sourceNames[source].system : source;
}

/** How every source stands, what waits, and what could not be used. */
export function sourcesPage(shown: Shown, sources: readonly SourceView[], receivers: readonly OpenReceiver[]): Page {
  const heads = [
    'Source',
    'Stands',
    'Known up to',
    'Last message',
    'Waiting',
    'Dead letters',
    'Doubts, last day',
    'Comes by',
  ];
  const rows = sources
    .filter(({ status, last }) => status !== 'not-connected' || last !== undefined)
    .map((source) => {
      const ways = receivers.filter(({ feed }) => feed.source === source.source);
      const cells = [
        stateWords[source.status],
        moment(source.asAt),
        moment(source.last),
        waitingWords(source),
        String(source.dead),
        String(source.doubted),
        ways.length === 0 ? 'no port or folder' : ways.map(receiverWords),
      ];
      return markup`<tr><th scope="row">${nameOf(source.source)}</th>${cells.map((cell, place) => markup`<td data-head="${heads[place + 1] ?? ''}">${cell}</td>`)}</tr>`;
    });
  const body = markup`<div class="wide" tabindex="0" role="region" aria-label="Sources"><table class="lines">
      <thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${rows}</tbody></table></div>
    <h2>Work on messages again</h2>
    <p>What is the same changes nothing; what the hub has learnt to read since repairs the record.</p>
    ${form(
      shown.session,
      '/ops/replay',
      markup`${field('source', 'Source')}${field('from', 'From message')}${field('to', 'To message')}<button>Work on them again</button>`,
    )}`;
  return frame(shown, 'Sources', body);
}

const stateWords: Record<SourceView['status'], string> = {
  ok: 'up to date',
  late: 'late',
  failed: 'failed',
  partial: 'read in part',
  'not-connected': 'not connected',
};

function waitingWords({ waiting, people, oldest }: SourceView): string {
  const files = people === 0 ? '' : `, and ${people} people of a file`;
  return waiting === 0 && people === 0
    ? 'nothing'
    : `${waiting} messages${files}${oldest === undefined ? '' : `, the oldest since ${moment(oldest)}`}`;
}

function receiverWords({ port, counts }: OpenReceiver): Markup {
  const told = Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([what, count]) => `${what} ${count}`);
  const way = port === undefined ? 'Folder' : `MLLP port ${port}`;
  return markup`<div>${way}: ${told.join(', ') || 'nothing yet'}</div>`;
}

/** Every message that could not be used, or not wholly. */
export function deadLettersPage(shown: Shown, messages: readonly MessageView[]): Page {
  const rows = list(
    messages,
    'Every message could be used.',
    (message) => markup`<div class="person">
      <h2><a href="/ops/messages/${message.source}/${String(message.seq)}">${nameOf(message.source)} ${String(message.seq)}</a></h2>
      <dl><dt>Came</dt><dd>${moment(message.received)}</dd><dt>Why</dt><dd>${message.reason}</dd></dl></div>`,
  );
  return frame(shown, 'Dead letters', rows);
}

/** One message, what became of it, its shape without what it says, and what can be done. */
export function messagePage(shown: Shown, message: MessageView & { bytes: Uint8Array }): Page {
  const path = `/ops/messages/${message.source}/${message.seq}`;
  const doubts = message.doubts.map((doubt) => markup`<li>${doubt}</li>`);
  const body = markup`<div class="person"><dl>
      <dt>From</dt><dd>${nameOf(message.source)} (${message.organisation}), ${message.format}</dd>
      <dt>Came</dt><dd>${moment(message.received)}</dd>
      <dt>Stands</dt><dd>${message.state}</dd>
      <dt>Why</dt><dd>${message.reason ?? 'nothing to say'}</dd></dl></div>
    ${doubts.length === 0 ? undefined : markup`<h2>Doubts</h2><ul>${doubts}</ul>`}
    <h2>Its shape</h2>
    <p>Every letter is an x and every digit a 9, but for what the format itself says.</p>
    <pre tabindex="0" role="region" aria-label="Shape of the message">${masked(message.bytes, message.format)}</pre>
    ${
      message.state === 'dead'
        ? markup`<div class="actions">${form(shown.session, `${path}/retry`, markup`<button>Try it again</button>`)}</div>
          <h2>Do without it</h2>
          ${form(shown.session, `${path}/release`, markup`${field('reason', 'Why it is not needed')}<button class="second">Release it</button>`)}`
        : undefined
    }`;
  return frame(shown, `Message ${message.seq}`, body);
}

const conflictWords: Record<string, string> = {
  contradiction: 'Same number, other birth date or name',
  'unconfirmed-number': 'Same number, not confirmed',
  'ambiguous-number': 'Fits more than one person',
  'local-id-reused': 'A number that was another person’s',
  'number-changed': 'NHS number changed',
  'record-moved': 'Told of another person before',
};

/** What matching would not decide alone: one person or two. */
export function worklistPage(shown: Shown, conflicts: readonly ConflictView[]): Page {
  const rows = list(conflicts, 'Nothing is open.', (conflict, place) => {
    const hidden = (['source', 'localId', 'kind', 'other', 'person'] as const).map(
      (name) => markup`<input type="hidden" name="${name}" value="${conflict[name]}" />`,
    );
    const two = conflict.person !== conflict.other && conflict.kind !== 'local-id-reused';
    return markup`<div class="person"><h2>${conflictWords[conflict.kind] ?? conflict.kind}</h2>
      <p>${conflict.reason} ${nameOf(conflict.source)}, ${moment(conflict.noticed)}.</p>
      <h3>This record’s person</h3><ul>${conflict.ofPerson.map((line) => markup`<li>${line}</li>`)}</ul>
      ${two ? markup`<h3>The other person</h3><ul>${conflict.ofOther.map((line) => markup`<li>${line}</li>`)}</ul>` : undefined}
      ${form(
        shown.session,
        '/ops/people',
        markup`${hidden}<div class="field"><label for="reason-${String(place)}">How it was found out</label>
          <input type="text" id="reason-${String(place)}" name="reason" required /></div><div class="actions">
          ${two ? markup`<button name="is" value="one">They are one person</button>` : undefined}
          <button class="second" name="is" value="two">${two ? 'They are two people' : 'It is settled'}</button></div>`,
      )}</div>`;
  });
  return frame(shown, 'People to settle', rows);
}

/** Why somebody may not see these pages. */
export function notAnOperatorPage(config: HubConfig, words: string): Page {
  const title = 'You may not operate this hub';
  return page({
    config,
    title,
    body: markup`<h1>${title}</h1><div class="problem" role="alert"><p>${words}</p></div>
      <p><a href="/ops?afresh">Sign on as somebody else</a></p>`,
  });
}

/** The way back in, for somebody who is not signed on any more. */
export function signedOffPage(config: HubConfig, words: string): Page {
  const title = 'Signed off';
  const body = markup`<h1>${title}</h1><p>${words}</p><p><a href="/ops?afresh">Sign on</a></p>`;
  return page({ config, title, body });
}
