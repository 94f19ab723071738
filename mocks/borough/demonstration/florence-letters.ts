import { dayAt } from '../clock.ts';
import type { LetterTable } from '../happenings.ts';
import type { Telling } from '../life.ts';
import { drugs } from '../vocabulary.ts';

/** What the discharge summary of the broken hip says of medicines and of who does what next: long enough for two pages. */
export const hipTable: LetterTable = {
  caption: 'Medicines and follow-up',
  head: ['What', 'How', 'Since this stay', 'Why, and what next'],
  rows: [
    [
      drugs.apixaban.term.text,
      'One tablet twice a day, for 35 days',
      'Started',
      'To prevent clots after the operation. Stop after day 35.',
    ],
    [
      drugs.amlodipine.term.text,
      'One tablet a day',
      'Unchanged',
      'Blood pressure was low on two mornings. GP to review whether it is still needed.',
    ],
    [
      drugs.alendronate.term.text,
      'One tablet once a week',
      'Unchanged',
      'Fracture despite treatment: bone health to be reviewed in clinic.',
    ],
    [drugs.colecalciferol.term.text, 'One capsule a day', 'Unchanged', 'To go on with alendronic acid.'],
    ['Wound', 'Dressing dry, clips in place', 'New', 'District nurse to remove clips 14 days after the operation.'],
    [
      'Blood count',
      'Haemoglobin 94 g/L on the day before discharge',
      'Lower than on arrival (110 g/L)',
      'GP to repeat within two weeks.',
    ],
    ['Kidney function', 'eGFR 48 ml/min', 'As before', 'No evidence of acute kidney injury.'],
    [
      'Skin',
      'No pressure damage on the day of discharge',
      'As before',
      'Heels to be looked at when the wound is dressed.',
    ],
    ['Memory', 'Clear throughout, no evidence of delirium', 'As before', 'Known to the memory service.'],
    [
      'Eating and drinking',
      'Small appetite, weight steady on the ward',
      'Less than before',
      'Weigh at the two-week visit.',
    ],
    ['Falls', 'Slipped at night on the way to the bathroom', 'New', 'Light and key safe asked for.'],
    [
      'Walking',
      'With a frame and one person',
      'Less than before',
      'Reablement for up to six weeks, arranged by Islington Council.',
    ],
    ['Fracture clinic', 'Appointment sent by post', 'New', 'X-ray on the day. Bring this letter.'],
    ['If worse', 'Fever, wound leaking, calf pain or short of breath', '', 'Call 111, or 999 in an emergency.'],
  ],
};

/** What the clinic for older people measured: a table that must stay one. */
export const pressuresTable: LetterTable = {
  caption: 'Blood pressure lying and standing',
  head: ['Position', 'Systolic mmHg', 'Diastolic mmHg', 'Dizzy'],
  rows: [
    ['Lying, 10 minutes', '148', '78', 'No'],
    ['Standing, 1 minute', '126', '70', 'A little'],
    ['Standing, 3 minutes', '131', '72', 'No'],
  ],
};

/** Letters that no visit stands for: a sheet scanned as a picture, and a form in a format that no browser shows. */
export function looseLetters(t: Telling): void {
  t.tell({
    kind: 'letter',
    from: 'RKE',
    title: 'Walking aid assessment sheet',
    text: [
      'Seen on Coyle ward before going home.',
      'Walks 15 metres with frame and one person.',
      'Stairs: not tried. Bed moved downstairs.',
      'No evidence of dizziness on standing today.',
      'Frame height checked. Family shown how to help.',
    ].join('\n'),
    author: 'RKE-110',
    tellers: ['system-c'],
    form: 'scan',
    start: dayAt(t.now, -4, 15, 0),
  });
  t.tell({
    kind: 'letter',
    from: 'RRV',
    title: 'Heart failure nurse referral form',
    text: 'Referred by the cardiology clinic for a visit at home.\nReason: breathless on stairs, heart failure suspected.',
    author: 'RRV-320',
    tellers: ['carecast'],
    form: 'rtf',
    start: dayAt(t.now, -75, 12, 0),
  });
}
