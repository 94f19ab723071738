import { rotateKeys } from './auth/keys.ts';
import { AuthRecords } from './auth/records.ts';
import { readConfig } from './config.ts';
import { withStore } from './store/with-store.ts';

const usage = `npm run keys -- rotate

Makes new keys for id_tokens, cookies and forms. A hub signs with them from its next start on; the keys before them are
known for 24 hours more, so that no session ends. With the embedded store, stop the hub first.`;

/** `npm run keys`. Answers the exit code: 0 when done, 1 when not asked rightly, 2 when the store cannot be had. */
async function main([command, ...others]: string[]): Promise<number> {
  if (command !== 'rotate' || others.length > 0) {
    process.stderr.write(`${usage}\n`);
    return 1;
  }
  return withStore(readConfig(process.env), async (database) => {
    const { signing, earlier } = await rotateKeys(new AuthRecords(database));
    process.stdout.write(
      `The new key is ${signing.kid}. ${earlier?.[0]?.signing.kid} is known for 24 hours more. Restart the hub, every one of several.\n`,
    );
    return 0;
  });
}

process.exitCode = await main(process.argv.slice(2));
