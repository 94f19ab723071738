import type { Attachment, Binary, DocumentReference, Resource } from 'fhir/r4';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { pdfOf } from '../../../../mocks/writers/letter-pdf.ts';
import { scanOf } from '../../../../mocks/writers/letter-scan.ts';
import { DetailsCache } from '../../../record/details-cache.tsx';
import '../../../styles.css';
import { Sheet } from '../../../ui/sheet.tsx';
import { axeProblems } from '../../testing/axe.ts';
import { fakeHub } from '../../testing/fake-session.ts';
import { LetterView } from './letter-view.tsx';
import { blackFax, lockedPdf, pdfOfPicture } from './testing-pdfs.ts';

const latin1 = (characters: string) => btoa(characters);
const utf8 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

afterEach(() => vi.restoreAllMocks());

async function shows(...attachments: Attachment[]) {
  return showsWith([], ...attachments);
}

async function showsWith(resources: Resource[], ...attachments: Attachment[]) {
  const hub = fakeHub({ patientId: 'p', resources });
  const letter: DocumentReference = {
    resourceType: 'DocumentReference',
    id: 'd',
    status: 'current',
    content: attachments.map((attachment) => ({ attachment })),
  };
  // As it stands in the details: under the heading of its topic, as wide as the side panel.
  await render(
    <main style={{ width: 376 }}>
      <h2>Hospital stay</h2>
      <h3>Letters</h3>
      <DetailsCache session={hub.session}>
        <LetterView session={hub.session} letter={letter} title="Discharge summary" />
      </DetailsCache>
    </main>,
  );
  return hub;
}

const read = () => page.getByRole('button', { name: 'Read Discharge summary', exact: true }).click();
const main = () => page.getByRole('main');

async function opened(attachment: Attachment) {
  await shows(attachment);
  await read();
}

test('plain text comes through whole, accents and all', async () => {
  await opened({ contentType: 'text/plain; charset=utf-8', data: utf8('Zoë: no evidence of\nfracture.') });
  expect(main().element().textContent).toContain('Zoë: no evidence of\nfracture.');
});

test.each([
  ['damaged base64', { contentType: 'text/plain', data: '%%%' }],
  [
    'bytes that are no text of the stated kind',
    { contentType: 'text/html; charset=utf-8', data: btoa('\xff\xfe\xfd') },
  ],
  ['a picture that is none', { contentType: 'image/png', data: btoa('no picture') }],
])('%s: said to be damaged, not shown as an empty letter', async (_, attachment) => {
  await opened(attachment);
  await expect.element(page.getByText(/This letter was damaged on its way and cannot be shown\./)).toBeVisible();
});

test.each(['text/plain', 'text/html'])('a letter in %s without a word says so', async (contentType) => {
  await opened({ contentType, data: utf8('  \n ') });
  await expect.element(page.getByText(/This letter was sent without any text\./)).toBeVisible();
});

test('HTML stands with its headings and table, and axe finds nothing wrong', async () => {
  await opened({
    contentType: 'text/html',
    data: utf8(
      '<meta charset="utf-8"><h1>Clinic</h1><table><tr><th>Lying</th><th>Standing</th></tr><tr><td>148/78</td><td>126/70</td></tr></table><script>window.ran = 1</script>',
    ),
  });
  await expect.element(page.getByRole('heading', { level: 4, name: 'Clinic' })).toBeVisible();
  await expect.element(page.getByRole('columnheader', { name: 'Standing' })).toBeVisible();
  await expect.element(page.getByRole('cell', { name: '126/70' })).toBeVisible();
  expect((window as { ran?: number }).ran).toBeUndefined();
  expect(await axeProblems(main().element())).toEqual([]);
});

test('structured text of another kind gives its words', async () => {
  await opened({ contentType: 'text/xml', data: utf8('<note><p>No evidence of fracture.</p></note>') });
  await expect.element(page.getByText(/No evidence of fracture\./)).toBeVisible();
});

const summary = latin1(
  pdfOf('Discharge summary', [
    { text: 'No evidence of fracture.' },
    {
      table: {
        caption: 'Medicines',
        head: ['What', 'How'],
        rows: Array.from({ length: 40 }, (_, row) => [`Medicine ${row}`, 'Once a day']),
      },
    },
  ]),
);

test('a PDF is drawn page by page, its words are in the page to be found and read out, and axe finds nothing wrong', async () => {
  await opened({ contentType: 'application/pdf', data: summary });
  await expect.element(page.getByRole('group', { name: 'Page 1 of 2' })).toBeVisible();
  await expect
    .element(page.getByRole('group', { name: 'Page 1 of 2' }).getByText(/No evidence of fracture/))
    .toBeVisible();
  await expect.element(page.getByRole('group', { name: 'Page 2 of 2' }).getByText(/Medicine 39/)).toBeInTheDocument();
  await expect.poll(() => darkness('Page 1 of 2')).toBeGreaterThan(0);
  expect(await axeProblems(main().element())).toEqual([]);
  const wide = () => document.querySelector('.pdf-page canvas')?.getBoundingClientRect().width ?? 0;
  const before = wide();
  await page.getByRole('button', { name: 'Larger' }).click();
  await expect.poll(wide).toBeGreaterThan(before * 1.4);
});

test('the words of a PDF can be read alone, at any size and width', async () => {
  await opened({ contentType: 'application/pdf', data: summary });
  await page.getByRole('button', { name: 'Words only' }).click();
  await expect.element(page.getByRole('heading', { name: 'Page 2' })).toBeVisible();
  await expect.element(page.getByText(/Medicine 39/)).toBeVisible();
  expect(document.querySelector('.pdf-page canvas')).toBeNull();
  expect(await axeProblems(main().element())).toEqual([]);
});

test('a scanned page in fax format is drawn, and says that its words cannot be read out or searched', async () => {
  await opened({ contentType: 'application/pdf', data: latin1(pdfOfPicture(blackFax)) });
  await expect
    .element(page.getByText(/This page is a picture: its words cannot be read out or searched\./))
    .toBeVisible();
  await expect.poll(() => darkness('Page 1 of 1'), { timeout: 8000 }).toBeGreaterThan(0.9);
  expect(main().element().textContent).not.toContain('could not be drawn');
});

test('a picture that cannot be decoded is said where it is missing: an empty place would read as an empty page', async () => {
  await opened({
    contentType: 'application/pdf',
    data: latin1(pdfOfPicture({ filter: 'JPXDecode', bytes: 'no picture' })),
  });
  await expect.element(page.getByText(/A picture on page 1 could not be drawn/)).toBeVisible();
});

test.each([
  ['locked with a password', lockedPdf()],
  ['damaged', 'this is no PDF at all'],
])('a PDF that is %s says so, and can be saved', async (words, bytes) => {
  await opened({ contentType: 'application/pdf', data: latin1(bytes) });
  await expect.element(page.getByText(new RegExp(`This PDF is ${words}`))).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Save Discharge summary' })).toBeVisible();
});

test('a scanned picture is shown with what it is in words, and axe finds nothing wrong', async () => {
  const bytes = String.fromCharCode(...scanOf(['No evidence of fracture.']));
  await opened({ contentType: 'image/png', data: latin1(bytes) });
  const scan = page.getByRole('img', { name: 'Scanned page of Discharge summary. Its words cannot be read out.' });
  await expect.poll(() => (scan.element() as HTMLImageElement).naturalWidth).toBeGreaterThan(200);
  expect(await axeProblems(main().element())).toEqual([]);
});

test('what no browser shows is saved under a name that tells nothing, as no page, and its address is taken back', async () => {
  const links: HTMLAnchorElement[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    links.push(this);
  });
  const blobs: Blob[] = [];
  const made = URL.createObjectURL.bind(URL);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return made(blob);
  });
  await opened({
    contentType: 'application/rtf',
    title: 'ADEYEMI Florence 999 000 0018',
    data: latin1('{\\rtf1 Dear Dr}'),
  });
  await expect.element(page.getByText(/Rich text \(RTF\): this kind of letter cannot be shown here\./)).toBeVisible();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  (page.getByRole('button', { name: 'Save Discharge summary' }).element() as HTMLButtonElement).click();
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  await expect.element(page.getByText(/It stays on this device until it is deleted/)).toBeVisible();
  expect(links.map(({ download }) => download)).toEqual(['letter.rtf']);
  expect([await blobs[0]?.text(), blobs[0]?.type]).toEqual(['{\\rtf1 Dear Dr}', 'application/octet-stream']);
  await expect(fetch(links[0]?.href ?? '')).rejects.toThrow('Failed to fetch');
});

test('size and type stand beside the button before anything is read; a letter of its own is read when asked for', async () => {
  const binary: Binary = { resourceType: 'Binary', id: 'b', contentType: 'text/plain', data: utf8('Dear Dr Okafor') };
  const hub = await showsWith([binary], { contentType: 'text/plain', url: 'Binary/b', size: 2048 });
  await expect.element(page.getByText(/Text · 2 KB/)).toBeVisible();
  hub.faults['Binary'] = 'server';
  await read();
  await expect
    .element(page.getByText(/The letter could not be read\. The record service reported a fault/))
    .toBeVisible();
  delete hub.faults['Binary'];
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText(/Dear Dr Okafor/)).toBeVisible();
});

test('an answer that is not the letter is not shown as one', async () => {
  const other = { resourceType: 'Binary', id: 'x', contentType: 'text/plain' } as Binary;
  await showsWith([other], { contentType: 'text/plain', url: 'Binary/x' });
  await read();
  await expect.element(page.getByText(/The answer was damaged or cut short\./)).toBeVisible();
});

test('one letter in several forms: each says which it is and opens by itself', async () => {
  await shows(
    { contentType: 'application/pdf', data: summary },
    { contentType: 'text/plain', data: utf8('Only words') },
  );
  await page.getByRole('button', { name: 'Read Discharge summary, form 2 of 2', exact: true }).click();
  await expect.element(page.getByText(/Only words/)).toBeVisible();
  expect(document.querySelector('.pdf-page canvas')).toBeNull();
});

test('a letter can be read wide; Esc goes back to where it was opened', async () => {
  await opened({ contentType: 'text/plain', data: utf8('Dear Dr Okafor') });
  await page.getByRole('button', { name: 'Read wide: Discharge summary' }).click();
  await expect
    .element(page.getByRole('dialog', { name: 'Discharge summary' }).getByText(/Dear Dr Okafor/))
    .toBeVisible();
  expect(await axeProblems(page.getByRole('dialog').element())).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: 'Read wide: Discharge summary' })).toHaveFocus();
  await expect.element(page.getByText(/Dear Dr Okafor/)).toBeVisible();
});

test('over a sheet, as on a phone, Esc closes the letter read wide and leaves the entry open', async () => {
  let closed = 0;
  const hub = fakeHub({ patientId: 'p', resources: [] });
  const letter = { content: [{ attachment: { contentType: 'text/plain', data: utf8('Dear Dr Okafor') } }] };
  await render(
    <Sheet labelledBy="entry" onClose={() => (closed += 1)}>
      <h2 id="entry">Hospital stay</h2>
      <DetailsCache session={hub.session}>
        <LetterView session={hub.session} letter={letter as DocumentReference} title="Discharge summary" />
      </DetailsCache>
    </Sheet>,
  );
  await read();
  await page.getByRole('button', { name: 'Read wide: Discharge summary' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Discharge summary' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog', { name: 'Discharge summary' })).not.toBeInTheDocument();
  expect(closed).toBe(0);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => closed).toBe(1);
});

/** How much of a drawn page is dark, 0 to 1. */
function darkness(name: string): number {
  const canvas = document.querySelector<HTMLCanvasElement>(`[aria-label="${name}"] canvas`);
  const context = canvas?.getContext('2d');
  if (canvas === null || context === null || context === undefined || canvas.width === 0) return 0;
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let dark = 0;
  for (let place = 0; place < data.length; place += 4) {
    if ((data[place + 3] ?? 0) > 127 && (data[place] ?? 255) < 128) dark += 1;
  }
  return dark / (data.length / 4);
}
