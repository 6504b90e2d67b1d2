import type { CommandRefusal, DeliveryCommandKind } from '@holdfast/domain';

/** Why a delivery was left as it is: for refusals and the command line; the console has its own catalogue. */
export const COMMAND_REFUSAL_WORDS: Readonly<Record<CommandRefusal, string>> = {
  'being-sent': 'it is being sent at this moment; ask again when the attempt is over',
  'waits-its-turn': 'it is due already and goes as soon as its turn comes',
  'not-held': 'it is not held',
  'held-by-person': 'it is held; release it first',
  'already-held': 'it is held already',
  'in-quarantine': 'it is in quarantine; release or discard it there',
  'not-in-quarantine': 'it is not in quarantine',
  delivered: 'it was delivered, and cannot be called back',
  discarded: 'it was discarded',
  bounced: 'it was returned to its sender',
};

/** The audit log's action for a command. */
export const COMMAND_ACTIONS: Readonly<Record<DeliveryCommandKind, string>> = {
  retry: 'queue.retried',
  hold: 'queue.held',
  release: 'queue.released',
  discard: 'queue.discarded',
  'release-quarantine': 'quarantine.released',
};
