import type { Visitor } from '../browser.ts';

/** The list of users with their alternate info. */
export class UsersPage {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** Waits until the row of an address holds the words; the page follows by itself. */
  async waitForRow(address: string, words: RegExp): Promise<void> {
    await this.#visitor.page
      .locator('tr[data-row]')
      .filter({ hasText: address })
      .filter({ hasText: words })
      .waitFor();
  }

  async isProtected(name: string): Promise<boolean> {
    return this.#visitor.page
      .getByRole('checkbox', { name: `Protect ${name}`, exact: true })
      .isChecked();
  }

  async find(words: string): Promise<void> {
    await this.#visitor.page.getByRole('searchbox', { name: 'Name or address' }).fill(words);
  }

  /** Counts and words over the list. */
  async coverage(): Promise<string> {
    return this.#visitor.page.getByRole('region', { name: 'Coverage' }).innerText();
  }
}
