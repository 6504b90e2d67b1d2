import { Refusal } from '@holdfast/application';
import { TRPCError } from '@trpc/server';

/** The refusal a procedure answers with; throws when it does not refuse. */
export async function refusalFrom(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof Refusal) return error.cause;
    throw error;
  }
  throw new Error('nothing was refused');
}
