import { describe, expect, it } from 'vitest';
import { cutShort } from './cut-short.ts';
import { lanes } from './entry.ts';
import type { SourceFacts } from './source-words.ts';

const source = (id: string, status: SourceFacts['status']): SourceFacts => ({
  id,
  name: id,
  status,
  asAt: undefined,
  startsFrom: undefined,
});

describe('counts that may be too small', () => {
  it('none while everything was read, late data included: a count is of what there was', () => {
    const { lanes: short, sources } = cutShort({ sources: [source('emis', 'late')], failedStreams: [] });
    expect([...short, ...sources]).toEqual([]);
  });

  it('a stream that failed shortens the settings of each source that feeds it', () => {
    const failed = { stream: 'Task', streamName: 'Assessments', sources: ['liquidlogic'], at: 0 };
    const { lanes: short, sources } = cutShort({ sources: [], failedStreams: [failed] });
    expect([...short]).toEqual(['social-care']);
    expect([...sources]).toEqual(['liquidlogic']);
  });

  it('so does a source that was not read or sent part only, and a hospital’s own tells of community care too', () => {
    const { lanes: short } = cutShort({
      sources: [source('carecast', 'partial'), source('adastra', 'failed')],
      failedStreams: [],
    });
    expect([...short].sort()).toEqual(['community', 'hospital', 'mental-health', 'urgent']);
  });

  it('a source nobody here knows may tell of anything', () => {
    expect(cutShort({ sources: [source('elsewhere', 'failed')], failedStreams: [] }).lanes.size).toBe(lanes.length);
  });
});
