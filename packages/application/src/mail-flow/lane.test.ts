import type { ConcurrencyVerdict } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import { createLane } from './lane.ts';

/** Tasks that end when the test says so. */
function handTurned() {
  const started: string[] = [];
  const ends = new Map<string, (verdict: ConcurrencyVerdict) => void>();
  const task = (name: string) => () =>
    new Promise<ConcurrencyVerdict>((resolve) => {
      started.push(name);
      ends.set(name, resolve);
    });
  const end = (name: string, verdict: ConcurrencyVerdict = 'good') => ends.get(name)?.(verdict);
  return { started, task, end };
}

describe('lane', () => {
  test('runs no more than its concurrency, destinations by turns', async () => {
    const lane = createLane({ concurrency: 2, perKey: 2, capacity: 10 });
    const { started, task, end } = handTurned();
    for (const name of ['a1', 'a2', 'b1', 'c1'])
      lane.add(`${name[0] ?? ''}.example`, 1, task(name));
    expect(started).toEqual(['a1', 'a2']);
    end('a1');
    await expect.poll(() => started).toEqual(['a1', 'a2', 'b1']);
  });

  test('lets other destinations pass one that hangs', () => {
    const lane = createLane({ concurrency: 3, perKey: 1, capacity: 10 });
    const { started, task } = handTurned();
    lane.add('dead.example', 1, task('dead 1'));
    lane.add('dead.example', 1, task('dead 2'));
    lane.add('alive.example', 1, task('alive'));
    expect(started).toEqual(['dead 1', 'alive']);
  });

  test('opens more for a destination that answers well, and fewer for one that throttles', async () => {
    const lane = createLane({ concurrency: 20, perKey: 20, capacity: 100 });
    const { started, task, end } = handTurned();
    for (let count = 1; count <= 20; count += 1) lane.add('mx', 1, task(`${count}`));
    expect(started).toHaveLength(3);
    for (const name of ['1', '2', '3']) end(name);
    await expect.poll(() => started.length).toBe(7);
    end('4', 'overloaded');
    end('5');
    end('6');
    await expect.poll(() => started.length).toBe(9);
    end('7');
    lane.restart('mx');
    await expect.poll(() => started.length).toBe(10);
  });

  test('takes in no more than its capacity until results are written, and says when there is room', async () => {
    let told = 0;
    const lane = createLane({ concurrency: 1, perKey: 1, capacity: 3 }, () => (told += 1));
    const { task, end } = handTurned();
    lane.add('a', 2, task('a'));
    const idle = lane.idle();
    end('a');
    await idle;
    expect(lane.room()).toBe(1);
    lane.finished(2);
    expect(lane.room()).toBe(3);
    expect(told).toBe(1);
  });
});
