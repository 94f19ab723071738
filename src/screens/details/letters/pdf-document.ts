import {
  AnnotationMode,
  getDocument,
  GlobalWorkerOptions,
  OPS,
  TextLayer,
  VerbosityLevel,
  version,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';

export type { PDFDocumentProxy, PDFPageProxy };
export { AnnotationMode, TextLayer };

/** Where its worker, decoders and fonts lie: `tools/pdf-parts.ts` puts them there. */
const parts = new URL(`${import.meta.env.BASE_URL}assets/pdf-${version}/`, location.origin).href;
GlobalWorkerOptions.workerSrc = `${parts}pdf.worker.min.mjs`;

/** Why a PDF cannot be shown: it asks for a password, or it is no whole PDF. */
export type PdfFault = 'locked' | 'damaged';

export interface OpenedPdf {
  pdf: PDFDocumentProxy;
  /** Files carried inside it, which are not shown. */
  attached: number;
}

/**
 * Reads a PDF in its own worker. Nothing of it runs (its scripts are left alone, WebAssembly stays off) and nothing is fetched but our
 * own fonts and decoders. Resolves with a fault where it cannot be read. `close` ends the worker at any time.
 */
export function openPdf(bytes: Uint8Array): { opened: Promise<OpenedPdf | PdfFault>; close: () => void } {
  const task = getDocument({
    // The worker takes the buffer away: it gets a copy of its own.
    data: bytes.slice(),
    standardFontDataUrl: parts,
    wasmUrl: parts,
    useWasm: false,
    useWorkerFetch: false,
    disableWorkerRendering: true,
    enableXfa: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  const opened = task.promise.then(
    async (pdf): Promise<OpenedPdf> => ({ pdf, attached: (await pdf.getAttachments())?.size ?? 0 }),
    (error: unknown): PdfFault => {
      if (error instanceof Error && error.name === 'PasswordException') return 'locked';
      return 'damaged';
    },
  );
  return { opened, close: () => void task.destroy() };
}

/** The words of a page in the order the file has them, line by line; empty for a page that is only a picture. */
export async function wordsOfPage(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items
    .map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''))
    .join('')
    .replace(/[ \t]+\n/g, '\n')
    .trim();
}

/** Whether a picture of a drawn page could not be decoded: pdf.js leaves such a one out without a word. */
export async function lacksPicture(page: PDFPageProxy): Promise<boolean> {
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: AnnotationMode.ENABLE });
  return fnArray.some((operation, index) => {
    if (operation !== OPS.paintImageXObject && operation !== OPS.paintImageMaskXObject) return false;
    const [drawn] = (argsArray[index] ?? []) as unknown[];
    // A mask comes as an object that names its data; a small one has them in itself.
    const id = typeof drawn === 'object' && drawn !== null && 'data' in drawn ? drawn.data : drawn;
    if (typeof id !== 'string') return false;
    const objects = id.startsWith('g_') ? page.commonObjs : page.objs;
    return !objects.has(id) || objects.get(id) === null;
  });
}
