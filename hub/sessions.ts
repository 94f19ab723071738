import { auditAct } from './audit/audit.ts';
import { endUser } from './auth/end-sessions.ts';
import { listSessions } from './auth/list-sessions.ts';
import { readConfig } from './config.ts';
import { withStore } from './store/with-store.ts';

const usage = `npm run sessions -- list <user id>
npm run sessions -- end <user id> --reason "…"

Shows what a user has open, or ends all of it at once: sign-ons and opened records, in every browser and from every clinical
system. The user id is as in the audit. It holds from the next request on. With the embedded store, stop the hub first.`;

/** `npm run sessions`. Answers the exit code: 0 when done, 1 when not asked rightly, 2 when the store cannot be had. */
async function main([command, user, option, reason, ...others]: string[]): Promise<number> {
  const isList = command === 'list' && option === undefined;
  const isEnd = command === 'end' && option === '--reason' && (reason ?? '').trim() !== '';
  if (user === undefined || user === '' || others.length > 0 || !(isList || isEnd)) {
    process.stderr.write(`${usage}\n`);
    return 1;
  }
  return withStore(readConfig(process.env), async (database) => {
    if (isList) {
      const open = await listSessions(database, user);
      for (const { kind, from, since, endsAt } of open) {
        process.stdout.write(
          `${kind}  from ${from}, since ${new Date(since).toISOString()}, until ${new Date(endsAt).toISOString()} at the latest\n`,
        );
      }
      if (open.length === 0) process.stdout.write('Nothing is open.\n');
      return 0;
    }
    const nobody = { client: 'sessions', grant: undefined, user: undefined, patient: undefined, purpose: 'HOPERAT' };
    const act = { action: 'end-sessions', detail: `all of ${user}` };
    const ended = await endUser(database, user);
    await auditAct(database, { ...nobody, from: 'command', reason }, act, ended);
    process.stdout.write(`${ended} open records and pages were closed, and every sign-on of ${user} has ended.\n`);
    return 0;
  });
}

process.exitCode = await main(process.argv.slice(2));
