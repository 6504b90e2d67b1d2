import type { Locator } from 'playwright-core';
import type { Visitor } from '../browser.ts';
import { waitFor } from '../wait-for.ts';

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
    await this.#visitor.press(this.#window.getByRole('option', { name }));
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
    await this.choose(file);
    await this.uploaded(file.name);
  }

  async choose(file: ChosenFile): Promise<void> {
    const chooser = this.#visitor.page.waitForEvent('filechooser');
    await this.#visitor.press(this.#window.getByRole('button', { name: 'Attach a file or photo' }));
    await (await chooser).setFiles({ ...file });
  }

  async uploaded(fileName: string): Promise<void> {
    const row = this.#window.getByRole('listitem').filter({ hasText: fileName });
    await row.waitFor();
    await row.getByRole('progressbar').waitFor({ state: 'detached' });
  }

  /** Of the one file that is on its way. `share` from 0 to 1. */
  async uploadedMoreThan(share: number): Promise<void> {
    const bar = this.#window.getByRole('progressbar');
    await waitFor(`more than ${share} of the file`, async () => (await valueOf(bar)) > share);
  }

  /** The text as it stands. */
  async words(): Promise<string> {
    return this.#window.getByLabel('Message', { exact: true }).inputValue();
  }

  async press(name: string): Promise<void> {
    await this.#visitor.press(this.#window.getByRole('button', { name, exact: true }));
  }

  async send(): Promise<void> {
    await this.press('Send');
    await this.#window.waitFor({ state: 'detached' });
    await this.#visitor.sees('Sent. Find it in the Sent folder.');
  }
}

async function valueOf(bar: Locator): Promise<number> {
  return Number(await bar.getAttribute('value'));
}
