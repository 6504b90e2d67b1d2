import type { Locator } from 'playwright-core';
import type { Visitor } from '../browser.ts';

export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** The window in which a message is written. */
export class Composer {
  readonly #visitor: Visitor;
  readonly #window: Locator;

  private constructor(visitor: Visitor) {
    this.#visitor = visitor;
    this.#window = visitor.page.getByRole('dialog');
  }

  static async opened(visitor: Visitor): Promise<Composer> {
    const composer = new Composer(visitor);
    await composer.#window.getByLabel('Message', { exact: true }).waitFor();
    return composer;
  }

  async addressTo(...addresses: readonly string[]): Promise<void> {
    const field = this.#window.getByRole('combobox', { name: 'To' });
    for (const address of addresses) {
      await field.fill(address);
      await field.press('Enter');
    }
  }

  /** Types the beginning of a name and takes what is suggested. */
  async addressBySuggestion(beginning: string, name: string): Promise<void> {
    await this.#window.getByRole('combobox', { name: 'To' }).fill(beginning);
    await this.#window.getByRole('option', { name }).click();
  }

  async entitle(subject: string): Promise<void> {
    await this.#window.getByLabel('Subject').fill(subject);
  }

  /** At the very beginning, above what is quoted. */
  async say(words: string): Promise<void> {
    const text = this.#window.getByLabel('Message', { exact: true });
    const quoted = await text.inputValue();
    await text.fill(`${words}\n${quoted}`);
  }

  /** By the button and the file chooser it opens; waits until the file is uploaded. */
  async attach(file: ChosenFile): Promise<void> {
    const chooser = this.#visitor.page.waitForEvent('filechooser');
    await this.#window.getByRole('button', { name: 'Attach a file or photo' }).click();
    await (await chooser).setFiles({ ...file });
    const row = this.#window.getByRole('listitem').filter({ hasText: file.name });
    await row.waitFor();
    await row.getByRole('progressbar').waitFor({ state: 'detached' });
  }

  async send(): Promise<void> {
    await this.#window.getByRole('button', { name: 'Send', exact: true }).click();
    await this.#window.waitFor({ state: 'detached' });
    await this.#visitor.sees('Sent. Find it in the Sent folder.');
  }
}
