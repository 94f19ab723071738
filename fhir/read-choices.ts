import type { Consent, ConsentProvision, ConsentProvisionActor } from 'fhir/r4';
import { informationKinds, type InformationKind, type OwnChoice } from './own-choice.ts';
import { parsePartialDate } from './partial-date.ts';
import {
  actCode,
  consentScope,
  informationKindSystem,
  odsSystem,
  participationType,
  sourceTagSystem,
} from './systems.ts';

/** One `deny` of a Consent, and while it holds: epoch milliseconds, undefined without a bound. */
export interface Deny extends OwnChoice {
  items: readonly string[];
  since: number | undefined;
  until: number | undefined;
}

/** What a Consent denies, or why it cannot be kept to exactly as it is written. */
export type Choices = { denies: Deny[]; problems?: undefined } | { problems: string[] };

const consentElements = new Set(
  (
    'resourceType id meta language text identifier status scope category patient dateTime performer organization ' +
    'sourceAttachment sourceReference policyRule provision'
  ).split(' '),
);
const provisionElements = new Set('id type period actor securityLabel data provision'.split(' '));
const actorElements = new Set('id role reference'.split(' '));

/**
 * Reads a person's own choice (R4 Consent, patient-privacy): what each `deny` keeps back, none where it is not active. It takes
 * nothing that could not be kept to exactly: what it does not know is a problem, in a sentence, and never passed over, for a
 * person would believe that it holds (leaked record).
 */
export function readChoices(consent: Consent): Choices {
  const problems: string[] = [];
  other(consent, consentElements, 'A choice', problems);
  if (!has(consent.scope?.coding, consentScope, 'patient-privacy'))
    problems.push('Its scope is to be patient-privacy.');
  const rule = consent.policyRule?.coding ?? [];
  if (rule.length !== 1 || !has(rule, actCode, 'OPTOUT')) problems.push('Its policy rule is to be OPTOUT.');
  const denies = denialsOf(consent.provision, problems);
  if (problems.length > 0) return { problems };
  return { denies: consent.status === 'active' ? denies : [] };
}

/** The root itself denies, or each of the provisions within it does; a root of both would say two things at once. */
function denialsOf(root: ConsentProvision | undefined, problems: string[]): Deny[] {
  const within = root?.provision ?? [];
  if (root === undefined || within.length === 0) return [denyOf(root ?? {}, {}, problems)];
  const { provision: _within, period: _period, id: _id, ...rest } = root;
  if (Object.keys(rest).length > 0) problems.push('A provision that holds others says nothing itself but its period.');
  return within.map((provision) => {
    if (provision.provision !== undefined)
      problems.push('Provisions within provisions within provisions are not kept to here.');
    return denyOf(provision, root, problems);
  });
}

function denyOf(provision: ConsentProvision, outer: ConsentProvision, problems: string[]): Deny {
  other(provision, provisionElements, 'A provision', problems);
  if (provision.type !== 'deny') problems.push('Each provision is to be a deny: everything else is permitted already.');
  const own = spanOf(provision.period, problems);
  const around = spanOf(outer.period, problems);
  const deny: Deny = {
    toOrganisation: actorOf(provision, 'IRCP', odsSystem, problems),
    fromSource: actorOf(provision, 'CST', sourceTagSystem, problems),
    kind: kindOf(provision, problems),
    items: itemsOf(provision, problems),
    since: bound(Math.max, own.since, around.since),
    until: bound(Math.min, own.until, around.until),
  };
  for (const actor of provision.actor ?? []) checkActor(actor, problems);
  const narrowed = deny.toOrganisation ?? deny.fromSource ?? deny.kind ?? deny.since ?? deny.until;
  if (deny.items.length > 0 && narrowed !== undefined) {
    problems.push('A single item is kept back from everybody and at all times: its provision names nothing else.');
  }
  return deny;
}

function checkActor(actor: ConsentProvisionActor, problems: string[]): void {
  other(actor, actorElements, 'An actor', problems);
  const known = ['IRCP', 'CST'].some((code) => has(actor.role?.coding, participationType, code));
  if (!known) problems.push('An actor is who may not look (IRCP) or whose statements (CST).');
}

function actorOf(
  { actor = [] }: ConsentProvision,
  role: 'IRCP' | 'CST',
  system: string,
  problems: string[],
): string | undefined {
  const [one, ...more] = actor.filter((each) => has(each.role?.coding, participationType, role));
  if (one === undefined) return undefined;
  if (more.length > 0)
    problems.push(`A provision names one actor ${role}; another is denied by a provision of its own.`);
  const { identifier, reference } = one.reference ?? {};
  if (identifier?.system === system && typeof identifier.value === 'string' && reference === undefined) {
    return identifier.value;
  }
  problems.push(
    role === 'IRCP'
      ? 'Who may not look is to be named by ODS code, as an identifier.'
      : 'Whose statements are kept back is to be named by the identifier of the source.',
  );
  return undefined;
}

function kindOf({ securityLabel = [] }: ConsentProvision, problems: string[]): InformationKind | undefined {
  const [label, ...more] = securityLabel;
  if (label === undefined) return undefined;
  if (more.length > 0) problems.push('A provision names one kind of information; another has a provision of its own.');
  const kind = informationKinds.find((each) => each === label.code);
  if (label.system === informationKindSystem && kind !== undefined) return kind;
  problems.push(`A kind of information is one of ${informationKinds.join(', ')} of ${informationKindSystem}.`);
  return undefined;
}

function itemsOf({ data }: ConsentProvision, problems: string[]): string[] {
  if (data === undefined) return [];
  if (data.length === 0) problems.push('A provision with data names no item.');
  return data.flatMap(({ meaning, reference, ...rest }) => {
    if (meaning !== 'related')
      problems.push('An item is kept back with what is linked to it: its meaning is to be related.');
    if (Object.keys(rest).some((key) => key !== 'id'))
      problems.push('An item holds something that is not kept to here.');
    if (typeof reference?.reference === 'string') return [reference.reference];
    problems.push('An item is to be named by its reference.');
    return [];
  });
}

function spanOf(period: ConsentProvision['period'], problems: string[]): { since?: number; until?: number } {
  const start = parsePartialDate(period?.start);
  const end = parsePartialDate(period?.end);
  const unread =
    (period?.start !== undefined && start === undefined) || (period?.end !== undefined && end === undefined);
  if (unread) problems.push('Its period holds a date that cannot be read.');
  if (start !== undefined && end !== undefined && end.end <= start.start)
    problems.push('Its period ends before it begins.');
  return { ...(start && { since: start.start }), ...(end && { until: end.end }) };
}

function bound(pick: (...of: number[]) => number, ...of: (number | undefined)[]): number | undefined {
  const stated = of.filter((each) => each !== undefined);
  return stated.length === 0 ? undefined : pick(...stated);
}

function has(codings: { system?: string; code?: string }[] | undefined, system: string, code: string): boolean {
  return codings?.some((coding) => coding.system === system && coding.code === code) ?? false;
}

/** Elements that would change what it means, and that nobody here keeps to. */
function other(part: object, known: ReadonlySet<string>, what: string, problems: string[]): void {
  for (const name of Object.keys(part)) {
    if (!known.has(name))
      problems.push(
        `${what} with ${/^\w{1,40}$/.test(name) ? name : 'an element of another name'} is not kept to here.`,
      );
  }
}
