import { Refusal } from '@holdfast/application';
import type { TRPCError } from '@trpc/server';
import { signIns } from '../composition/metrics.ts';

/** What is tried, by the procedure that tries it. */
const WAYS: Readonly<Record<string, string>> = {
  'session.signIn': 'password',
  'session.useWayIn': 'way-in',
  'session.usePasskey': 'passkey',
  'session.requestWayIn': 'asked',
};

/** Counts tries to get in to the portal: a guesser shows as refusals, an office behind one address as limits. */
export function countSignIns(
  paths: readonly string[] | undefined,
  errors: readonly TRPCError[],
): void {
  for (const path of paths ?? []) {
    const way = WAYS[path];
    if (way !== undefined) signIns.inc({ way, outcome: outcomeOf(errors) });
  }
}

function outcomeOf(errors: readonly TRPCError[]): string {
  const [error] = errors;
  if (error === undefined) return 'ok';
  return error.cause instanceof Refusal ? error.cause.code : 'failed';
}
