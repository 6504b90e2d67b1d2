import { describe, expect, it } from 'vitest';
import { checkCommitOrder } from './commit-order.ts';
import { readTrace } from './system-calls.ts';

const ID = '01900000-0000-7000-8000-000000000001';
const FILE = '/data/spool/mx-1/copy-1.seg';

const hex = (text: string): string =>
  Buffer.from(text, 'latin1')
    .toString('hex')
    .replaceAll(/../g, String.raw`\x$&`);

const CREATE = `11 openat(AT_FDCWD, "${hex(FILE)}", O_WRONLY|O_CREAT|O_EXCL) = 17<${hex(FILE)}>`;
const NAME = `11 fsync(18<${hex('/data/spool/mx-1')}>) = 0`;
const WRITE = `12 write(17<${hex(FILE)}>, "${hex(`HFSP {"id":"${ID}"}`)}", 40) = 40`;
const SYNC = `13 fdatasync(17<${hex(FILE)}>) = 0`;
const REPLY = `10 write(20<${hex('socket:[4711]')}>, "${hex(`250 2.0.0 Accepted as ${ID}\r\n`)}", 60) = 60`;

const check = (...lines: readonly string[]) =>
  checkCommitOrder(readTrace(lines.join('\n')), '/data/spool');

describe('the order of a commit', () => {
  it('is right when name and record are synced before the 250', () => {
    expect(check(CREATE, NAME, WRITE, SYNC, REPLY)).toEqual({ accepted: 1, violations: [] });
  });

  it('is wrong when the 250 comes before the sync', () => {
    expect(check(CREATE, NAME, WRITE, REPLY, SYNC).violations).toHaveLength(1);
  });

  it('is wrong when the sync had begun before the write', () => {
    const begun = SYNC.replace(') = 0', ' <unfinished ...>');
    const ended = '13 <... fdatasync resumed>) = 0';
    expect(check(CREATE, NAME, begun, WRITE, ended, REPLY).violations).toHaveLength(1);
    expect(check(CREATE, NAME, WRITE, begun, ended, REPLY).violations).toEqual([]);
    expect(check(CREATE, NAME, WRITE, begun, REPLY, ended).violations).toHaveLength(1);
  });

  it('is wrong when the sync failed, was not made, or was of another file', () => {
    for (const sync of [
      SYNC.replace('= 0', '= -1 EIO'),
      `${SYNC} (INJECTED)`,
      SYNC.replace(hex(FILE), hex('/data/spool/mx-1/copy-2.seg')),
    ]) {
      expect(check(CREATE, NAME, WRITE, sync, REPLY).violations).toHaveLength(1);
    }
  });

  it('is wrong when the name of a new file was not synced', () => {
    expect(check(CREATE, WRITE, SYNC, REPLY).violations).toHaveLength(1);
  });

  it('is wrong when no write carries the record', () => {
    expect(check(CREATE, NAME, SYNC, REPLY).violations).toHaveLength(1);
  });
});
