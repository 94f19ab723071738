import { takeInMany } from '../hub/feeds/intake/intake.ts';
import { formatNames } from '../hub/feeds/format.ts';
import { formats } from '../hub/feeds/formats.ts';
import { keepMessages, type IncomingMessage } from '../hub/feeds/inbox/keep.ts';
import { InboxWorker } from '../hub/feeds/inbox/worker.ts';
import type { Database } from '../hub/store/database.ts';
import { practices } from '../mocks/borough/places.ts';
import type { Borough } from '../mocks/borough/truth.ts';
import { writeAdastraNative } from '../mocks/writers/adastra-native/write-adastra-native.ts';
import { writeDirectories } from '../mocks/writers/directory.ts';
import { writeEmisCsvNative } from '../mocks/writers/emis/native/csv/write.ts';
import { writeCarecastNative, writeSystemCNative } from '../mocks/writers/hospital/native/write-hospital-native.ts';
import { writeLiquidlogicNative } from '../mocks/writers/liquidlogic/native/native.ts';
import type { NativeMessage } from '../mocks/writers/native.ts';
import { writePatientShared } from '../mocks/writers/patient-shared.ts';
import type { SourceRecordLike } from '../mocks/writers/source-record.ts';

/** Messages kept in one commit. */
const keptTogether = 200;

/**
 * Tells the borough as its five systems do, each in its own format: every message is kept in the inbox, then worked on. Which
 * organisations there are no message says, so a list of them is loaded first, and what people shared comes as their own app
 * writes it. Rejects when anything of it fails, is refused or is left waiting.
 */
export async function sendBorough(database: Database, borough: Borough): Promise<void> {
  const failures: string[] = [];
  const onFailure = ({ source, error }: { source: string; error: Error }) =>
    failures.push(`${source}: ${error.message}`);
  const take = async (records: SourceRecordLike[]) => {
    const { refused } = await takeInMany(database, records);
    failures.push(...refused.map(({ type, reason }) => `${type}: ${reason}`));
  };
  await take([...writeDirectories(borough)].map(organisationsOf));
  const worker = new InboxWorker({ database, formats, onFailure });
  for (const [organisation, messages] of sendersOf(borough)) {
    let some: IncomingMessage[] = [];
    for (const message of messages) {
      some.push(asReceived(message, organisation));
      if (some.length < keptTogether) continue;
      await keepMessages(database, some);
      some = [];
    }
    await keepMessages(database, some);
    while ((await worker.round()) > 0 && failures.length === 0);
  }
  await take(borough.lives.flatMap((life) => writePatientShared(life, borough) ?? []));
  failures.push(...(await leftOver(database)));
  if (failures.length > 0)
    throw new Error(`The borough was refused in ${failures.length} places; first: ${failures[0]}`);
}

function organisationsOf(directory: SourceRecordLike): SourceRecordLike {
  const resources = directory.resources.filter(({ resourceType }) => resourceType === 'Organization');
  return { ...directory, resources };
}

/** Who sends, by ODS code, and what; each practice sends its own extract. */
function sendersOf(borough: Borough): [organisation: string, Iterable<NativeMessage>][] {
  const ofPractice = (practice: string): Borough => ({
    ...borough,
    lives: borough.lives.filter(({ person }) => person.practice === practice),
  });
  return [
    ...practices.map(({ ods }): [string, Iterable<NativeMessage>] => [ods, writeEmisCsvNative(ofPractice(ods))]),
    ['RKE', writeSystemCNative(borough)],
    ['RRV', writeCarecastNative(borough)],
    ['XLCW1', writeAdastraNative(borough)],
    ['706', writeLiquidlogicNative(borough)],
  ];
}

function asReceived({ source, format: name, label, at, bytes }: NativeMessage, organisation: string): IncomingMessage {
  const format = formatNames.find((each) => each === name);
  if (format === undefined) throw new Error(`No such format is read here: ${name}`);
  const receivedAt = new Date(at).toISOString();
  return { source, organisation, format, label, receivedAt, bytes, subject: formats[format]?.subjectOf(bytes) };
}

/** Dead letters, and whoever waits to be told. */
async function leftOver(database: Database): Promise<string[]> {
  const rows = await database.query<{ what: string }>(
    `select source || ' ' || label || ': ' || coalesce(reason, state) as what from inbox where state <> 'done'
     union all
     select source || ' ' || scope || ': ' || coalesce(problem, 'waits') from feed_scope
     where waiting is not null or problem is not null`,
  );
  return rows.map(({ what }) => what);
}
