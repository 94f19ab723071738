import { describe, expect, it } from 'vitest';
import { addressList, checkFeeds } from './feed-settings.ts';

const whittington = {
  source: 'system-c',
  organisation: 'RKE',
  format: 'hl7-v2',
  arrives: 'live',
  promiseMinutes: 30,
  receiver: { kind: 'mllp', port: 2575 },
};
const council = {
  source: 'liquidlogic',
  organisation: '706',
  format: 'client-level-data',
  arrives: 'daily',
  promiseMinutes: 60 * 26,
  receiver: { kind: 'folder', path: '/srv/feeds/council' },
};
const outOfHours = {
  source: 'adastra',
  organisation: 'NNJ',
  format: 'adastra-case',
  arrives: 'live',
  promiseMinutes: 120,
  receiver: { kind: 'https', clientId: 'adastra-ooh' },
};
const practice = {
  source: 'emis',
  organisation: 'F83063',
  format: 'gp-connect',
  arrives: 'daily',
  promiseMinutes: 60 * 26,
  receiver: {
    kind: 'pull',
    base: 'https://emis.example/F83063/STU3/1/gpconnect',
    asid: '200000000116',
    ownAsid: '200000000115',
    requester: { ods: 'RRV', name: 'University College London Hospitals' },
  },
};

function fault(...feeds: unknown[]): string {
  const read = checkFeeds(feeds);
  return 'fault' in read ? read.fault : 'taken';
}

describe('feeds as they are configured', () => {
  it('say for each system whose it is, how it arrives and how long it may be silent', () => {
    expect(checkFeeds([whittington, council, outOfHours, practice])).toEqual({
      feeds: [
        { ...whittington, receiver: { kind: 'mllp', port: 2575, host: '127.0.0.1' } },
        council,
        outOfHours,
        practice,
      ],
    });
  });

  it('may take HL7 v2 that is marked for training, and nothing else has such a mark', () => {
    expect(fault({ ...whittington, takesTraining: true })).toBe('taken');
    expect(fault({ ...council, takesTraining: true })).toBe('feeds[0].takesTraining: is for hl7-v2 alone');
  });

  it.each([
    ['a name that no source has', { ...whittington, source: 'medway' }, 'feeds[0].source: '],
    ['no organisation', { ...whittington, organisation: '' }, 'feeds[0].organisation: is an ODS code'],
    ['a format nobody reads', { ...council, format: 'xlsx' }, 'feeds[0].format: '],
    ['no promise', { ...council, promiseMinutes: undefined }, 'feeds[0].promiseMinutes: '],
    ['a promise of nothing', { ...council, promiseMinutes: 0 }, 'feeds[0].promiseMinutes: '],
    ['a word that is not known', { ...council, promise: 3 }, 'feeds[0]: Unrecognized key: "promise"'],
    ['a way in that is none', { ...council, receiver: { kind: 'ftp' } }, 'feeds[0].receiver.kind: '],
    ['a port that is none', { ...whittington, receiver: { kind: 'mllp', port: 0 } }, 'feeds[0].receiver.port: '],
    ['CSV by MLLP', { ...whittington, format: 'emis-csv' }, 'feeds[0].format: is hl7-v2'],
    ['CSV by asking', { ...practice, format: 'emis-csv' }, 'feeds[0].format: is gp-connect'],
    [
      'a practice that is asked unencrypted',
      { ...practice, receiver: { ...practice.receiver, base: 'http://emis.example/gpconnect' } },
      'feeds[0].receiver.base: is to be https',
    ],
    ['half a path', { ...council, receiver: { kind: 'folder', path: 'feeds' } }, 'feeds[0].receiver.path: '],
    [
      'a certificate without its key',
      { ...whittington, receiver: { kind: 'mllp', port: 1, tls: { cert: '/a.pem' } } },
      'feeds[0].receiver.tls.key: ',
    ],
    [
      'an address that is none',
      { ...whittington, receiver: { kind: 'mllp', port: 1, from: ['10.1.0.0/99'] } },
      'feeds[0].receiver.from[0]: is no address',
    ],
  ])('are refused with %s, in one line that names the field', (_, feed, words) => {
    expect(fault(feed)).toContain(words);
    expect(fault(feed)).not.toContain('\n');
  });

  it('listen beyond this machine only where they say who may send', () => {
    const at = (more: object) =>
      fault({ ...whittington, receiver: { kind: 'mllp', port: 2575, host: '0.0.0.0', ...more } });
    const tls = { key: '/key.pem', cert: '/cert.pem' };
    expect(at({})).toContain('feeds[0].receiver.from: says who may send');
    expect(at({ tls })).toContain('feeds[0].receiver.from: says who may send');
    expect(at({ tls: { ...tls, ca: '/ca.pem' } })).toBe('taken');
    expect(at({ from: ['10.1.0.0/16', '2001:db8::/32', '192.0.2.7'] })).toBe('taken');
  });

  it('do not share a port, a folder, or what one service sends', () => {
    const again = { ...council, receiver: { kind: 'folder', path: '/srv/feeds/council/' } };
    expect(fault(whittington, { ...whittington, source: 'carecast' })).toBe(
      'feeds[1].receiver.port: is that of feeds[0] too',
    );
    expect(fault(council, whittington, again)).toBe('feeds[2].receiver.path: is that of feeds[0] too');
    expect(fault(outOfHours, outOfHours)).toBe('feeds[1].receiver.clientId: is that of feeds[0] too');
    expect(fault(outOfHours, { ...outOfHours, format: 'nhs-111-cda' })).toBe('taken');
  });
});

describe('addresses that may send', () => {
  it('are single ones and networks, also where IPv4 arrives as IPv6', () => {
    const list = addressList(['10.1.0.0/16', '192.0.2.7', '2001:db8::/32']);
    expect(list.check('10.1.200.3')).toBe(true);
    expect(list.check('::ffff:10.1.200.3', 'ipv6')).toBe(true);
    expect(list.check('10.2.0.1')).toBe(false);
    expect(list.check('192.0.2.8')).toBe(false);
    expect(list.check('2001:db8::5', 'ipv6')).toBe(true);
  });

  it('are nothing else', () => {
    for (const text of ['', 'hospital', '10.1.0.0/', '10.1.0.0/x', '10.1.0']) {
      expect(() => addressList([text]), text).toThrow(/invalid|Invalid|out of range|must be/);
    }
  });
});
