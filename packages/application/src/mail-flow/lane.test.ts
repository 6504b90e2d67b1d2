import { describe, expect, test } from 'vitest';
import { createLane } from './lane.ts';

/** Tasks that end when the test says so. */
function handTurned() {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => () =>
    new Promise<void>((resolve) => {
      started.push(name);
      ends.set(name, resolve);
    });
  return { started, task, end: (name: string) => ends.get(name)?.() };
}

describe('lane', () => {
  test('runs no more than its concurrency, in order', async () => {
    const lane = createLane({ concurrency: 2, perKey: 2, capacity: 10 });
    const { started, task, end } = handTurned();
    for (const name of ['a', 'b', 'c']) lane.add(name, 1, task(name));
    expect(started).toEqual(['a', 'b']);
    end('a');
    await Promise.resolve();
    await expect.poll(() => started).toEqual(['a', 'b', 'c']);
  });

  test('lets other destinations pass one that hangs', () => {
    const lane = createLane({ concurrency: 3, perKey: 1, capacity: 10 });
    const { started, task } = handTurned();
    lane.add('dead.example', 1, task('dead 1'));
    lane.add('dead.example', 1, task('dead 2'));
    lane.add('alive.example', 1, task('alive'));
    expect(started).toEqual(['dead 1', 'alive']);
  });

  test('takes in no more than its capacity and is idle when all is over', async () => {
    const lane = createLane({ concurrency: 1, perKey: 1, capacity: 3 });
    const { task, end } = handTurned();
    lane.add('a', 2, task('a'));
    expect(lane.room()).toBe(1);
    const idle = lane.idle();
    end('a');
    await idle;
    expect(lane.room()).toBe(3);
  });
});
