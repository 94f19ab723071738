import type { CodeableConcept, Flag } from 'fhir/r4';
import { holdsAccessCode } from './access-code.ts';
import type { Item } from './extension-schema.ts';
import { hadCome, type Extension, type Stated } from './extension.ts';
import { interweave } from './interweave.ts';
import { metaOf, organisation, ownId, periodOf, type Teller } from './teller.ts';

type Alert = Item<'alerts'>;
type Legal = Item<'legal'>;

const alertCategories: Record<Alert['kind'], CodeableConcept> = {
  'risk-to-self': category('RTS', 'Risk to self', 'Risk'),
  'risk-to-others': category('RTO', 'Risk to other', 'Risk'),
  'risk-to-self-and-others': category('RSO', 'Risk to self & others', 'Risk'),
  access: category('OTH', 'Other', 'Access'),
  communication: category('OTH', 'Other', 'Alert'),
  other: category('OTH', 'Other', 'Other'),
};

const legalWords: Record<Legal['kind'], string | undefined> = {
  'mental-capacity-assessment': 'Mental capacity assessment',
  'lasting-power-of-attorney': 'Lasting power of attorney',
  deputyship: 'Deputyship',
  'deprivation-of-liberty': 'Deprivation of Liberty Safeguards',
  'mental-health-act': 'Mental Health Act',
  other: undefined,
};

function category(code: string, display: string, text: string): CodeableConcept {
  return interweave('FlagCategory', code, display, text);
}

/** Alerts, legal facts and safeguarding concerns as Flags with the Interweave categories. */
export function tellFlags(teller: Teller, extension: Extension): void {
  for (const alert of extension.items('alerts')) {
    addFlag(teller, 'alert', alert, alertCategories[alert.value.kind], alert.value.text, alert.value.labels);
  }
  for (const legal of extension.items('legal')) {
    addFlag(teller, 'legal', legal, category('OTH', 'Other', 'Legal'), legalText(legal.value), legal.value.labels);
  }
  for (const concern of extension.items('safeguarding')) {
    const { text, concern: allegation, labels = [] } = concern.value;
    const about = category('SGC', 'Safeguarding concern', 'Safeguarding');
    addFlag(teller, 'safeguarding', concern, about, text, labels);
    // That there is a concern protects; what it is may name somebody, and is for those who look into it.
    if (allegation !== undefined) addFlag(teller, 'concern', concern, about, allegation, [...labels, 'R']);
  }
}

function legalText({ kind, text, status, document }: Legal): string {
  const name = legalWords[kind];
  return [
    `${name === undefined ? '' : `${name}: `}${text}`,
    status === undefined ? undefined : `Status: ${status}`,
    document === undefined ? undefined : `Document: ${document}`,
  ]
    .filter((part) => part !== undefined)
    .join('. ');
}

type Lasting = Stated<{ id: string; from?: string | undefined; until?: string | undefined }>;

function addFlag(
  teller: Teller,
  kind: string,
  { value, piece }: Lasting,
  about: CodeableConcept,
  text: string,
  labels: readonly string[] | undefined,
): void {
  const { id, from, until } = value;
  const flag: Flag = {
    resourceType: 'Flag',
    id: ownId(teller, kind, id),
    ...metaOf([...(labels ?? []), ...(holdsAccessCode(text) ? ['R'] : [])]),
    status: hadCome(until, piece.at) ? 'inactive' : 'active',
    category: [about],
    code: { text },
    subject: teller.patient,
    period: periodOf(from, until),
    author: organisation(teller, teller.council),
  };
  teller.resources.push(flag);
}

/** The code of a key safe, apart from the equipment: that there is one helps everybody, the code opens a door (uk-care E). */
export function tellAccessCode(teller: Teller, item: Stated<Item<'equipment'>>, text: string): void {
  const { id, fitted, removed, labels = [] } = item.value;
  const about = category('OTH', 'Other', 'Access');
  addFlag(teller, 'access-code', { ...item, value: { id, from: fitted, until: removed } }, about, text, [
    ...labels,
    'R',
  ]);
}
