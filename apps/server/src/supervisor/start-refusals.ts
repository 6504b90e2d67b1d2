/** Why a start is refused, in one sentence; in a file of their own, so that naming them loads nothing. */

export class AlreadyRunningError extends Error {
  constructor(pid: number, directory: string) {
    super(
      `Holdfast is already running on ${directory} (process ${pid}). Stop it first, or set HOLDFAST_DATA_DIR to another directory.`,
    );
    this.name = 'AlreadyRunningError';
  }
}

/** A child that said it cannot run (a port in use, a schema it does not know): restarting would not help. */
export class RoleRefusedError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'RoleRefusedError';
  }
}
