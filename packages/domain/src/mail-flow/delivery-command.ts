import type { DeliveryState, HoldKind } from './delivery.ts';
import type { Instant } from '../instant.ts';

/** What a person may ask of a delivery. */
export const DELIVERY_COMMANDS = [
  'retry',
  'hold',
  'release',
  'discard',
  'release-quarantine',
] as const;
export type DeliveryCommandKind = (typeof DELIVERY_COMMANDS)[number];

export type DeliveryCommand =
  | { readonly kind: Exclude<DeliveryCommandKind, 'discard'> }
  /** Mail is only ever given up by a named person for a reason (invariant 4). */
  | { readonly kind: 'discard'; readonly reason: string };

/** Why a command is not possible in the state that the delivery is in. */
export const COMMAND_REFUSALS = [
  'being-sent',
  'waits-its-turn',
  'not-held',
  'held-by-person',
  'already-held',
  'in-quarantine',
  'not-in-quarantine',
  'delivered',
  'discarded',
  'bounced',
] as const;
export type CommandRefusal = (typeof COMMAND_REFUSALS)[number];

export interface CommandedDelivery {
  readonly state: DeliveryState;
  readonly hold: HoldKind | null;
  /** Permanent refusals so far. */
  readonly refusals: number;
}

/** The delivery after the command; never leased, and terminal only by being discarded. */
export interface CommandedState {
  readonly state: 'queued' | 'deferred' | 'held' | 'discarded';
  readonly hold: HoldKind | null;
  readonly dueAt: Instant | null;
  readonly refusals: number;
  /** What the trace says from now on; null: what it said before. */
  readonly reply: string | null;
}

export type CommandDecision =
  | { readonly ok: true; readonly next: CommandedState }
  | { readonly ok: false; readonly refusal: CommandRefusal };

export interface CommandCircumstances {
  /** Who asks, in the words of the audit log. */
  readonly by: string;
  readonly now: Instant;
}

/** Longest reason that is kept. Unit: characters. */
export const LONGEST_REASON = 300;

/**
 * What becomes of a delivery on a person's command, state by state. A leased one belongs to the relay until its attempt
 * is over: whatever was decided meanwhile would be undone by the result, or the mail discarded while it is delivered.
 */
export function decideCommand(
  delivery: CommandedDelivery,
  command: DeliveryCommand,
  circumstances: CommandCircumstances,
): CommandDecision {
  switch (delivery.state) {
    case 'queued':
      return whileQueued(delivery, command, circumstances);
    case 'leased':
      return refuse('being-sent');
    case 'deferred':
      return whileDeferred(delivery, command, circumstances);
    case 'held':
      return delivery.hold === 'operator'
        ? whileHeldByPerson(command, circumstances)
        : whileInReview(delivery, command, circumstances);
    case 'quarantined':
      return whileQuarantined(command, circumstances);
    case 'delivered':
    case 'discarded':
    case 'bounced':
      return refuse(delivery.state);
  }
}

function whileQueued(
  delivery: CommandedDelivery,
  command: DeliveryCommand,
  circumstances: CommandCircumstances,
): CommandDecision {
  switch (command.kind) {
    case 'retry':
      return refuse('waits-its-turn');
    case 'hold':
      return hold(delivery, circumstances);
    case 'release':
      return refuse('not-held');
    case 'discard':
      return discard(delivery, command, circumstances);
    case 'release-quarantine':
      return refuse('not-in-quarantine');
  }
}

function whileDeferred(
  delivery: CommandedDelivery,
  command: DeliveryCommand,
  circumstances: CommandCircumstances,
): CommandDecision {
  const { refusals } = delivery;
  switch (command.kind) {
    case 'retry':
      return again({ state: 'deferred', hold: null, refusals }, circumstances);
    case 'hold':
      return hold(delivery, circumstances);
    case 'release':
      return refuse('not-held');
    case 'discard':
      return discard(delivery, command, circumstances);
    case 'release-quarantine':
      return refuse('not-in-quarantine');
  }
}

/** Asking again keeps the refusals: a second one after 30 healthy minutes bounces (invariant 5). Releasing forgets them. */
function whileInReview(
  delivery: CommandedDelivery,
  command: DeliveryCommand,
  circumstances: CommandCircumstances,
): CommandDecision {
  const { refusals } = delivery;
  switch (command.kind) {
    case 'retry':
      return again({ state: 'held', hold: 'review', refusals }, circumstances);
    case 'hold':
      return hold(delivery, circumstances);
    case 'release':
      return queueAgain(circumstances);
    case 'discard':
      return discard(delivery, command, circumstances);
    case 'release-quarantine':
      return refuse('not-in-quarantine');
  }
}

function whileHeldByPerson(
  command: DeliveryCommand,
  circumstances: CommandCircumstances,
): CommandDecision {
  switch (command.kind) {
    case 'retry':
      return refuse('held-by-person');
    case 'hold':
      return refuse('already-held');
    case 'release':
      return queueAgain(circumstances);
    case 'discard':
      return discard({ refusals: 0 }, command, circumstances);
    case 'release-quarantine':
      return refuse('not-in-quarantine');
  }
}

function whileQuarantined(
  command: DeliveryCommand,
  circumstances: CommandCircumstances,
): CommandDecision {
  switch (command.kind) {
    case 'retry':
    case 'hold':
    case 'release':
      return refuse('in-quarantine');
    case 'discard':
      return discard({ refusals: 0 }, command, circumstances);
    case 'release-quarantine':
      return queueAgain(circumstances);
  }
}

function accept(next: CommandedState): CommandDecision {
  return { ok: true, next };
}

function refuse(refusal: CommandRefusal): CommandDecision {
  return { ok: false, refusal };
}

function again(
  waiting: Pick<CommandedState, 'state' | 'hold' | 'refusals'>,
  { now }: CommandCircumstances,
): CommandDecision {
  return accept({ ...waiting, dueAt: now, reply: null });
}

function hold(delivery: CommandedDelivery, { by }: CommandCircumstances): CommandDecision {
  const { refusals } = delivery;
  return accept({ state: 'held', hold: 'operator', dueAt: null, refusals, reply: `held by ${by}` });
}

function queueAgain({ by, now }: CommandCircumstances): CommandDecision {
  return accept({
    state: 'queued',
    hold: null,
    dueAt: now,
    refusals: 0,
    reply: `released by ${by}`,
  });
}

function discard(
  { refusals }: Pick<CommandedDelivery, 'refusals'>,
  { reason }: Extract<DeliveryCommand, { kind: 'discard' }>,
  { by }: CommandCircumstances,
): CommandDecision {
  const reply = `discarded by ${by}: ${reason.replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON)}`;
  return accept({ state: 'discarded', hold: null, dueAt: null, refusals, reply });
}

/** What may be asked of a delivery now: what a page offers. */
export function possibleCommands(delivery: CommandedDelivery): readonly DeliveryCommandKind[] {
  return DELIVERY_COMMANDS.filter((kind) => {
    const command: DeliveryCommand = kind === 'discard' ? { kind, reason: '' } : { kind };
    return decideCommand(delivery, command, { by: '', now: 0 }).ok;
  });
}
