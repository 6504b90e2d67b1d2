import { expect, test, vi } from 'vitest';
import { createOutageWatch } from './outage-watch.ts';
import { OverBudgetError, withinBudget } from './within-budget.ts';

function watchWith(options: { alive: () => Promise<boolean>; patience?: number }) {
  const changes: boolean[] = [];
  const watch = createOutageWatch({
    alive: options.alive,
    patience: options.patience ?? 3,
    pauseMs: 50,
    onChange: (gone) => changes.push(gone),
  });
  return { watch, changes };
}

test('what overruns once and shows a sign of life is asked again', async () => {
  const alive = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
  const { watch, changes } = watchWith({ alive });
  watch.overran();
  await vi.waitFor(() => expect(alive).toHaveBeenCalledTimes(1), 10_000);
  expect(watch.admits()).toBe(true);
  expect(changes).toEqual([]);
});

test('what overruns and shows no sign of life is not asked until it does', async () => {
  let there = false;
  const { watch, changes } = watchWith({ alive: () => Promise.resolve(there) });
  watch.overran();
  await vi.waitFor(() => expect(watch.admits()).toBe(false), 10_000);
  there = true;
  await vi.waitFor(() => expect(watch.admits()).toBe(true), 10_000);
  expect(changes).toEqual([true, false]);
});

test('what shows signs of life but overruns every time is tried with one message', async () => {
  const { watch, changes } = watchWith({ alive: () => Promise.resolve(true), patience: 3 });
  for (let times = 0; times < 3; times += 1) watch.overran();
  await vi.waitFor(() => expect(changes).toEqual([true]), 10_000);
  await vi.waitFor(() => expect(watch.admits()).toBe(true), 10_000);
  expect(watch.admits()).toBe(false);
  watch.overran();
  expect(watch.admits()).toBe(false);
  await vi.waitFor(() => expect(watch.admits()).toBe(true), 10_000);
  watch.answered();
  expect([watch.admits(), watch.admits()]).toEqual([true, true]);
  expect(changes).toEqual([true, false]);
});

test('a message that tried for all and went away does not leave everyone waiting', async () => {
  const { watch, changes } = watchWith({ alive: () => Promise.resolve(true), patience: 1 });
  watch.overran();
  await vi.waitFor(() => expect(changes).toEqual([true]), 10_000);
  await vi.waitFor(() => expect(watch.admits()).toBe(true), 10_000);
  await vi.waitFor(() => expect(watch.admits()).toBe(true), 10_000);
});

test('an answer in between makes overruns begin anew', async () => {
  const alive = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
  const { watch } = watchWith({ alive, patience: 2 });
  for (let times = 1; times <= 5; times += 1) {
    watch.overran();
    await vi.waitFor(() => expect(alive).toHaveBeenCalledTimes(times), 10_000);
    watch.answered();
  }
  expect(watch.admits()).toBe(true);
});

test('who waits for what is found to be gone waits no longer', async () => {
  const { watch } = watchWith({ alive: () => Promise.resolve(false) });
  const never = new Promise<never>(() => undefined);
  const started = performance.now();
  const waiting = withinBudget(never, 60_000, watch);
  const first = withinBudget(never, 10, watch);
  await expect(first).rejects.toThrow(OverBudgetError);
  await expect(waiting).rejects.toThrow(OverBudgetError);
  expect(performance.now() - started).toBeLessThan(10_000);
});
