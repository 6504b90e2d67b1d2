import type { Locator } from 'playwright-core';
import type { Visitor } from '../browser.ts';

/** Longer than the second and a half that the button asks for. Milliseconds. */
const KEY_PATIENCE = 60_000;

/** The emergency event in the console: preview, start, figures, end. */
export class EventPage {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** What a start would do, in numbers. */
  async preview(): Promise<string> {
    const { page } = this.#visitor;
    const list = page.getByRole('status').filter({ hasText: 'covered' });
    await list.waitFor();
    return list.innerText();
  }

  async giveReason(reason: string): Promise<void> {
    await this.#visitor.page.getByLabel('Reason').fill(reason);
  }

  /** Holds the button down, with the pointer or a key, until the event bar is there. */
  async holdToStart(how: 'pointer' | 'keyboard'): Promise<void> {
    const { page } = this.#visitor;
    const button = page.getByRole('button', { name: 'Hold to start' });
    await button.scrollIntoViewIfNeeded();
    if (how === 'keyboard') {
      await button.focus();
      await page.keyboard.down('Space');
      await this.#bar().waitFor({ timeout: KEY_PATIENCE });
      await page.keyboard.up('Space');
      return;
    }
    await button.hover();
    await page.mouse.down();
    await this.#bar().waitFor();
    await page.mouse.up();
  }

  /** Lets go at once: nothing may happen. */
  async pressBriefly(): Promise<void> {
    await this.#visitor.page.getByRole('button', { name: 'Hold to start' }).click();
  }

  async barText(): Promise<string> {
    return this.#bar().innerText();
  }

  /** Waits until a figure of the running event is at least so much; its whole text. */
  async waitForFigure(label: string, text: RegExp): Promise<void> {
    const figure = this.#visitor.page
      .locator('dl > div')
      .filter({ has: this.#visitor.page.getByText(label, { exact: true }) });
    await figure.locator('dd').filter({ hasText: text }).waitFor();
  }

  async askToEnd(): Promise<Locator> {
    await this.#visitor.page.getByRole('button', { name: 'End event…' }).click();
    const dialog = this.#visitor.page.getByRole('dialog', { name: 'End the event' });
    await dialog.waitFor();
    return dialog;
  }

  /** While Office 365 does not look healthy, the console asks for the words. */
  async endAnyway(dialog: Locator): Promise<void> {
    await dialog.getByLabel('Type end anyway to go on').fill('end anyway');
    await dialog.getByRole('button', { name: 'End event', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  #bar(): Locator {
    return this.#visitor.page
      .getByRole('region', { name: 'Emergency event' })
      .filter({ hasText: 'Emergency event is active' });
  }
}
