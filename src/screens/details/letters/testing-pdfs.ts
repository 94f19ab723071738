/** PDFs as a test needs them: one page that draws one picture, or asks for a password. */

interface Picture {
  /** `CCITTFaxDecode`, `JPXDecode`. */
  filter: string;
  bytes: string;
  parameters?: string;
}

/** A page filled by one picture of 8 by 8 dots, as a scanner wraps it. */
export function pdfOfPicture({ filter, bytes, parameters = '' }: Picture): string {
  const drawing = 'q 200 0 0 200 0 0 cm /I Do Q';
  return file([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    `<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /${filter} ` +
      `${parameters} /Length ${bytes.length} >>\nstream\n${bytes}\nendstream`,
  ]);
}

/** Eight black rows of eight, in the fax format of most scanned letters (ITU-T T.6): one row written out, seven the same. */
export const blackFax: Picture = {
  filter: 'CCITTFaxDecode',
  parameters: '/DecodeParms << /K -1 /Columns 8 /Rows 8 >>',
  bytes: bits(`00100110101000101${'11'.repeat(7)}`),
};

/** Locked by a password that nobody here has (ISO 32000-1, 7.6.3). */
export function lockedPdf(): string {
  const secret = '<' + '5A'.repeat(32) + '>';
  return file(
    ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>'],
    `/ID [${secret} ${secret}] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ${secret} /U ${secret} >>`,
  );
}

function file(objects: readonly string[], trailer = ''): string {
  let written = '%PDF-1.4\n';
  const places = objects.map((body, index) => {
    const place = written.length;
    written += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  return `${written}xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${written.length}\n%%EOF\n`;
}

function bits(ones: string): string {
  const bytes = ones.match(/.{1,8}/g) ?? [];
  return String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
}
