/** One line of `holdfast doctor`. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  /** Places and names, for programs; the sentence counts them. */
  readonly items?: readonly unknown[];
}

export type Result = Omit<Finding, 'check'>;

export const fine = (detail: string): Result => ({ ok: true, detail });

export const problem = (detail: string, items: readonly unknown[] = []): Result => ({
  ok: false,
  detail,
  ...(items.length > 0 && { items }),
});

/** What a check throws is a finding as well. */
export async function look(check: string, work: () => Result | Promise<Result>): Promise<Finding> {
  try {
    return { check, ...(await work()) };
  } catch (error) {
    return { check, ...problem(error instanceof Error ? error.message : String(error)) };
  }
}
