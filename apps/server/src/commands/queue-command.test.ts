import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addQuarantineCommand } from './quarantine-command.ts';
import { addQueueCommand } from './queue-command.ts';

const ran = vi.hoisted(() => ({
  withOrganisation: vi.fn<(options: object) => Promise<void>>(async () => undefined),
}));
vi.mock('./command-context.ts', () => ran);

let program: Command;
beforeEach(() => {
  program = new Command('holdfast')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  addQueueCommand(program);
  addQuarantineCommand(program);
});
afterEach(() => ran.withOrganisation.mockClear());

const optionsOf = async (...args: readonly string[]): Promise<unknown> => {
  await program.parseAsync(args, { from: 'user' });
  return ran.withOrganisation.mock.calls[0]?.[0];
};

test('`queue` alone lists as it always did', async () => {
  expect(await optionsOf('queue', '--json')).toEqual({ json: true });
});

test.each([
  [['queue', '--state', 'review', '--json'], { state: 'review', json: true }],
  [['queue', 'list', '--state', 'review', '--json'], { state: 'review', json: true }],
  [['queue', 'inspect', 'x', '--json'], { json: true }],
  [['queue', 'retry', 'x', '--json'], { json: true }],
  [
    ['queue', 'hold', '--all', '--why', 'throttled', '--yes'],
    { all: true, why: 'throttled', yes: true },
  ],
  [['queue', 'discard', 'x', 'y', '--reason', 'a loop'], { reason: 'a loop' }],
  [['quarantine', 'list', '--json'], { json: true }],
  [['quarantine', 'release', 'x', '--allow-sender'], { allowSender: true }],
])('options belong to the subcommand they follow: %s', async (args, expected) => {
  expect(await optionsOf(...args)).toEqual(expected);
});

test('discarding without a reason is wrong use', async () => {
  await expect(optionsOf('queue', 'discard', 'x')).rejects.toThrow('--reason');
});
