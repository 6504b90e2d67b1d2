import { Refusal, WHOLE_QUEUE, type QueueFilter, type WaitReason } from '@holdfast/application';
import { queueState, waitReason } from '@holdfast/contracts';
import { QUEUE_STATES, type QueueState } from '@holdfast/domain';
import type { Command } from 'commander';
import type { z } from 'zod';
import type { CommandOptions } from './command-context.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { readSpan } from './time-option.ts';

export interface QueueOptions extends CommandOptions {
  readonly state?: string;
  readonly why?: string;
  readonly direction?: string;
  readonly sender?: string;
  readonly recipient?: string;
  readonly domain?: string;
  readonly olderThan?: string;
}

export function withQueueOptions(command: Command): Command {
  return withOrganisationOption(command)
    .option('--state <states>', `some of ${QUEUE_STATES.join(', ')}, with commas`)
    .option('--why <reasons>', 'class of the last answer, with commas: not-tried, path-down, …')
    .option('--direction <direction>', 'inbound or outbound')
    .option('--sender <part>', 'part of the sender’s address')
    .option('--recipient <part>', 'part of the recipient’s address')
    .option('--domain <name>', 'domain of sender or recipient')
    .option('--older-than <span>', 'accepted longer ago than 90m, 36h, 20d');
}

/** `states` when the options name none. */
export function readQueueFilter(
  options: QueueOptions,
  now: number,
  states: readonly QueueState[] | null = null,
): QueueFilter {
  return {
    ...WHOLE_QUEUE,
    states: options.state === undefined ? states : listOf('--state', queueState, options.state),
    reasons:
      options.why === undefined ? null : listOf<WaitReason>('--why', waitReason, options.why),
    direction: readDirection(options.direction),
    sender: options.sender ?? '',
    recipient: options.recipient ?? '',
    domain: options.domain ?? '',
    acceptedBefore:
      options.olderThan === undefined ? null : now - readSpan('--older-than', options.olderThan),
  };
}

/** Whether the options ask for less than everything. */
export function isFiltered(filter: QueueFilter): boolean {
  return Object.values(filter).some((value) => value !== null && value !== '');
}

function readDirection(text: string | undefined): QueueFilter['direction'] {
  if (text === undefined || text === 'inbound' || text === 'outbound') return text ?? null;
  throw new Refusal('input.invalid', '--direction takes inbound or outbound.');
}

function listOf<T>(option: string, entry: z.ZodType<T>, text: string): readonly T[] {
  return text.split(',').map((part) => {
    const read = entry.safeParse(part.trim());
    if (read.success) return read.data;
    throw new Refusal('input.invalid', `${option} does not know “${part.trim()}”.`);
  });
}
