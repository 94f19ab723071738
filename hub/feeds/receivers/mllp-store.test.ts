import { expect, it } from 'vitest';
import { eachEngine } from '../../store/testing.ts';
import { keepMessage, keepMessages } from '../inbox/keep.ts';
import { openMllp } from './mllp.ts';
import { keepReceived, keepReceivedTogether } from './received.ts';
import { admission, connectSender, framed } from './testing-mllp.ts';

eachEngine('messages over MLLP', ({ db }) => {
  it('stand in the inbox as they came, in their order, each once however often it is sent', async () => {
    const subjectOf = (bytes: Uint8Array) => {
      const subject = /\|(R\d+)\^/.exec(Buffer.from(bytes).toString())?.[1];
      if (subject === undefined) throw new Error('a format that trips');
      return subject;
    };
    const receiver = await openMllp({
      feed: { source: 'system-c', organisation: 'RKE', format: 'hl7-v2' },
      port: 0,
      host: '127.0.0.1',
      keep: keepReceived((message) => keepMessage(db(), message), { 'hl7-v2': { subjectOf } }),
    });
    const hospital = await connectSender(receiver.port);
    const latin = Buffer.from('MSH|^~\\&|PAS|RKE|||||ADT^A31|3|P|2.4\rPID|1||Zo\u00eb', 'latin1');
    expect([await hospital.send(admission('1')), await hospital.send(admission('2'))]).toEqual(['AA 1', 'AA 2']);
    hospital.write(Buffer.concat([Buffer.from([0x0b]), latin, Buffer.from([0x1c, 0x0d])]));
    expect(await hospital.answer()).toBe('AA 3');
    expect(await hospital.send(admission('1'))).toBe('AA 1');
    hospital.end();
    await receiver.close();
    const rows = await db().query<{ label: string; subject: string | null; bytes: Uint8Array }>(
      'select label, subject, bytes from inbox order by seq',
    );
    expect(rows.map(({ label, subject }) => [label, subject])).toEqual([
      ['1', 'R1'],
      ['2', 'R1'],
      ['3', null],
    ]);
    expect(Buffer.from(rows[2]!.bytes)).toEqual(latin);
    expect(receiver.counts).toMatchObject({ kept: 4, repeated: 1 });
  });

  it('that come in one breath stand in their order in one commit, and one that came before stands where it stood', async () => {
    let commits = 0;
    const formats = { 'hl7-v2': { subjectOf: () => 'R1' } };
    const receiver = await openMllp({
      feed: { source: 'system-c', organisation: 'RKE', format: 'hl7-v2' },
      port: 0,
      host: '127.0.0.1',
      keep: keepReceived((message) => keepMessage(db(), message), formats),
      keepTogether: keepReceivedTogether((messages) => {
        commits += 1;
        return keepMessages(db(), messages);
      }, formats),
    });
    const hospital = await connectSender(receiver.port);
    expect(await hospital.send(admission('b2'))).toBe('AA b2');
    const ids = ['b1', 'b2', 'b3', 'b3', 'b4'];
    hospital.write(Buffer.concat(ids.map((id) => framed(admission(id)))));
    for (const id of ids) expect(await hospital.answer()).toBe(`AA ${id}`);
    hospital.end();
    await receiver.close();
    const rows = await db().query<{ label: string }>("select label from inbox where label like 'b%' order by seq");
    expect(rows.map(({ label }) => label)).toEqual(['b2', 'b1', 'b3', 'b4']);
    expect(receiver.counts).toMatchObject({ kept: 6, repeated: 2 });
    expect(commits).toBe(1);
  });

  it('that are kept together are all of them kept, or none', async () => {
    const message = (label: string, receivedAt: string) => ({
      source: 'system-c' as const,
      organisation: 'RKE',
      format: 'hl7-v2' as const,
      label,
      receivedAt,
      bytes: Buffer.from(admission(label)),
      subject: 'R1',
    });
    const sound = message('c1', '2026-11-02T09:30:00.000Z');
    await expect(keepMessages(db(), [sound, message('c2', 'no time at all')])).rejects.toThrow('no time at all');
    expect(await db().query("select label from inbox where label in ('c1', 'c2')")).toEqual([]);
    const [first, second, again] = await keepMessages(db(), [sound, message('c2', sound.receivedAt), sound]);
    expect(first!.seq).toBeLessThan(second!.seq);
    expect([first!.repeated, second!.repeated, again]).toEqual([false, false, { seq: first!.seq, repeated: true }]);
  });
});
