import { DAY, HOUR, MINUTE, SECOND, type AttemptOutcome } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import { DOWN, OK, relayWorld } from './testing/relay-world.ts';

describe('the way to the tenant', () => {
  test('is closed after three failures in a row: what waits is not tried one by one', async () => {
    const { state, relay, add, run } = relayWorld();
    state.answer = DOWN;
    add(200);
    await run();
    expect(state.sent.length).toBeLessThan(10);
    expect(state.completed).toHaveLength(state.sent.length);
    expect(state.due.length + state.sent.length).toBe(200);

    state.now += 10 * SECOND;
    await relay.probeOpenBreakers();
    expect([state.probes, state.hastened]).toEqual([1, 0]);
    state.answer = OK;
    state.now += 10 * SECOND;
    await relay.probeOpenBreakers();
    expect(state.hastened).toBe(1);
    await run();
    expect(state.completed.filter(({ next }) => next.state === 'delivered').length).toBeGreaterThan(
      190,
    );
  });

  test('a backlog that drains holds up nothing that comes to the same mailbox meanwhile', async () => {
    const { state, add, run } = relayWorld();
    add(300, { age: HOUR, to: 'megan@contoso.example' });
    await run();
    expect(state.sent).toHaveLength(100);
    add(150, { to: 'megan@contoso.example' });
    await run();
    expect(state.sent).toHaveLength(250);
  });

  test('takes a backlog for one mailbox at its rate, and what has just come at once', async () => {
    const { state, add, run } = relayWorld();
    add(300, { age: HOUR, to: 'megan@contoso.example' });
    add(50, { to: 'alex@contoso.example' });
    await run();
    const counts = Map.groupBy(state.sent, (recipient) => recipient);
    expect(counts.get('megan@contoso.example')).toHaveLength(100);
    expect(counts.get('alex@contoso.example')).toHaveLength(50);
    expect(Math.max(...state.released.map(({ dueAt }) => dueAt))).toBe(state.now + 200 * 3600);

    // Everything is called at once when the tenant is back: nobody jumps the queue.
    state.due = state.due.map((entry) => ({ ...entry, dueAt: state.now }));
    await run();
    expect(state.sent.filter((recipient) => recipient.startsWith('megan'))).toHaveLength(100);
    state.now += 200 * 3600;
    await run();
    expect(state.sent.filter((recipient) => recipient.startsWith('megan'))).toHaveLength(300);
  });

  test('slows the mailbox alone that asks for less', async () => {
    const { state, add, run } = relayWorld();
    state.answer = {
      kind: 'reply',
      code: 432,
      text: '4.3.2 STOREDRV.Deliver; recipient thread limit exceeded',
    };
    add(1, { to: 'megan@contoso.example' });
    await run();
    state.answer = OK;
    add(1, { to: 'megan@contoso.example' });
    add(1, { to: 'alex@contoso.example' });
    await run();
    expect(state.sent).toEqual(['megan@contoso.example', 'alex@contoso.example']);
    expect(state.released[0]?.dueAt).toBe(state.now + MINUTE);
  });
});

describe('a stranger’s host that does not answer', () => {
  test('is left alone, with one message at a time as its probe', async () => {
    const { state, add, run } = relayWorld();
    state.answer = DOWN;
    add(50, { route: 'remote', to: 'x@dead.example' });
    await run();
    expect(state.sent.length).toBeLessThan(8);
    const tried = state.sent.length;
    state.now += 2 * MINUTE;
    await run();
    expect(state.sent).toHaveLength(tried + 1);
  });

  test('does not keep mail beyond its time: that ends with what the others met', async () => {
    const { state, add, run } = relayWorld();
    state.answer = DOWN;
    add(10, { route: 'remote', to: 'x@dead.example' });
    await run();
    const tried = state.sent.length;
    add(1, { route: 'remote', to: 'x@dead.example', age: 6 * DAY, origin: 'submission' });
    await run();
    expect(state.sent).toHaveLength(tried);
    expect(state.completed.at(-1)?.next).toMatchObject({
      state: 'bounced',
      reply: 'connect: refused',
    });
    expect(state.spooled).toHaveLength(1);
  });
});

describe('a message of a drill', () => {
  test.each(['primary', 'remote'] as const)(
    'never leaves, not even with a delivery that nobody makes: %s',
    async (route) => {
      const { state, relay, add } = relayWorld();
      add(1, { route, origin: 'drill', to: 'x@outside.example' });
      await relay.step();
      await relay.idle();
      expect(state.sent).toEqual([]);
      expect(state.completed).toEqual([]);
      expect(state.errors).toEqual(['a message of a drill was about to leave, and was stopped']);
    },
  );
});

describe('what bounces', () => {
  const refused: AttemptOutcome = { kind: 'reply', code: 550, text: '5.1.1 No such user' };

  test('is told in one report for all of a transaction, under an id that is the same after a crash', async () => {
    const reports = [];
    for (let round = 0; round < 2; round += 1) {
      const { state, add, run } = relayWorld();
      state.answer = refused;
      add(1, { route: 'remote', origin: 'submission', to: 'a@one.example', messageId: 'm' });
      add(1, { route: 'remote', origin: 'submission', to: 'b@one.example', messageId: 'm' });
      await run();
      expect(state.completed.map(({ next }) => next.state)).toEqual(['bounced', 'bounced']);
      reports.push(state.spooled.map(({ id }) => id));
    }
    expect(reports).toEqual([['d1/bounce'], ['d1/bounce']]);
  });

  test('is not told to a sender who was not authenticated, and the result says so', async () => {
    const { state, add, run } = relayWorld();
    state.answer = refused;
    add(1, { route: 'remote', authenticated: false });
    await run();
    expect(state.spooled).toEqual([]);
    expect(state.completed[0]?.next.reply).toBe(
      '550 5.1.1 No such user (no report: the sender was not authenticated)',
    );
  });
});

describe('results that the database does not take', () => {
  test('are kept, and nothing is leased until they are written', async () => {
    const { state, relay, add } = relayWorld();
    state.databaseGone = true;
    add(5);
    await relay.step();
    await relay.idle();
    add(5);
    await expect(relay.step()).rejects.toThrow('gone');
    expect(state.sent).toHaveLength(5);
    state.databaseGone = false;
    await relay.step();
    await relay.idle();
    expect(state.completed).toHaveLength(10);
  });
});

describe('a bounce that cannot be reported', () => {
  test('is no bounce yet, and takes nothing from the others', async () => {
    const { state, relay, add } = relayWorld();
    state.answer = { kind: 'reply', code: 550, text: '5.1.1 No such user' };
    add(1, { route: 'remote', origin: 'submission' });
    state.databaseGone = true;
    await relay.step();
    await relay.idle();
    state.databaseGone = false;
    await relay.step();
    await relay.idle();
    expect(state.completed.map(({ next }) => next.state)).toEqual(['deferred']);
    expect(state.released).toEqual([]);
  });
});

test('a relay that stops gives back what it has not begun', async () => {
  const { state, relay, add } = relayWorld();
  add(400);
  const stepping = relay.step();
  await stepping;
  await relay.stop();
  expect(state.completed.length + state.released.length).toBe(400);
  expect(state.sent).toHaveLength(state.completed.length);
});
