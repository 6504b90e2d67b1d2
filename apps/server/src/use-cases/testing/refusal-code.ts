import { Refusal } from '@holdfast/application';

/** What a use case refuses with; `let in` when it does not. */
export async function refusalCode(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'let in';
}
