/**
 * What a field has told and will see again. A page that lags behind a fast writer hands back what was written a few letters
 * ago, and putting that into the field would take the letters, and the cursor, away.
 */
export class Echoes {
  #told: string[] = [];

  tell(text: string): void {
    this.#told.push(text);
  }

  /** It was told here, and what was told before it comes no more. */
  isEcho(text: string): boolean {
    const at = this.#told.lastIndexOf(text);
    if (at === -1) return false;
    this.#told = this.#told.slice(at + 1);
    return true;
  }

  /** Something else is in the field now. */
  forget(): void {
    this.#told = [];
  }
}
