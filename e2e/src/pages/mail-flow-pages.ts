import type { Locator } from 'playwright-core';
import type { Visitor } from '../browser.ts';

/** Queue and quarantine: a list with ticks, a bar of commands, and a question before each. */
export class DeliveryList {
  readonly #visitor: Visitor;
  readonly #table: string;

  constructor(visitor: Visitor, page: 'queue' | 'quarantine') {
    this.#visitor = visitor;
    this.#table = page === 'queue' ? 'Deliveries in the queue' : 'Deliveries in quarantine';
  }

  row(subject: string): Locator {
    return this.#visitor.page
      .getByRole('table', { name: this.#table })
      .getByRole('row')
      .filter({ hasText: subject });
  }

  async find(part: string): Promise<void> {
    await this.#visitor.page.getByRole('searchbox', { name: 'Sender or recipient' }).fill(part);
  }

  /** Filters by the figure above the list. */
  async filterBy(figure: RegExp): Promise<void> {
    const figures = this.#visitor.page.getByRole('region', { name: 'Why it waits' });
    await figures.getByRole('link', { name: figure }).first().click();
  }

  async tick(subject: string): Promise<void> {
    await this.row(subject).getByRole('checkbox').check();
  }

  async waitForState(subject: string, state: RegExp): Promise<void> {
    await this.row(subject).filter({ hasText: state }).waitFor();
  }

  async waitUntilGone(subject: string): Promise<void> {
    await this.row(subject).waitFor({ state: 'detached' });
  }

  /** Presses a command of the bar and answers its question. */
  async command(name: string, confirm: RegExp): Promise<void> {
    await this.ask(name);
    await this.dialog().getByRole('button', { name: confirm }).click();
    await this.dialog().waitFor({ state: 'detached' });
  }

  async ask(name: string): Promise<void> {
    await this.#visitor.page.getByRole('button', { name, exact: true }).click();
    await this.dialog().waitFor();
  }

  dialog(): Locator {
    return questionOf(this.#visitor);
  }

  async open(subject: string): Promise<MessagePage> {
    await this.row(subject).getByRole('link', { name: subject }).click();
    return MessagePage.of(this.#visitor, subject);
  }
}

/** What is asked before a command. A toast is a dialog as well, and begins with a number. */
function questionOf({ page }: Visitor): Locator {
  return page.getByRole('dialog', { name: /^(?:Try|Hold|Release|Discard) / });
}

/** One message with its timeline. */
export class MessagePage {
  readonly #visitor: Visitor;

  private constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  static async of(visitor: Visitor, subject: string): Promise<MessagePage> {
    await visitor.page.getByRole('heading', { level: 1, name: subject }).waitFor();
    return new MessagePage(visitor);
  }

  timeline(recipient: string): Locator {
    return this.#visitor.page.getByRole('list', { name: recipient });
  }

  /** Discards with a reason: held by the keyboard, or in two steps. */
  async discard(reason: string): Promise<void> {
    const { page } = this.#visitor;
    await page.getByRole('button', { name: 'Discard…' }).click();
    const dialog = questionOf(this.#visitor);
    await dialog.getByLabel('Reason').fill(reason);
    if (this.#visitor.screen.phone) {
      await dialog.getByRole('button', { name: 'Discard in two steps instead' }).click();
      await dialog.getByRole('button', { name: 'Discard 1 delivery' }).click();
    } else {
      await dialog.getByRole('button', { name: 'Hold to discard' }).focus();
      await page.keyboard.down('Space');
      await dialog.waitFor({ state: 'detached' });
      await page.keyboard.up('Space');
    }
    await dialog.waitFor({ state: 'detached' });
  }

  async back(): Promise<void> {
    await this.#visitor.page.getByRole('button', { name: 'Back', exact: true }).click();
  }
}

/** The form and what it found. */
export class TracePage {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  async search(
    fields: Readonly<Partial<Record<'Sender' | 'Recipient' | 'Subject', string>>>,
  ): Promise<void> {
    const form = this.#visitor.page.getByRole('search', { name: 'Look for' });
    for (const [label, value] of Object.entries(fields)) {
      await form.getByLabel(label, { exact: true }).fill(value);
    }
    await form.getByRole('button', { name: 'Search' }).click();
  }

  row(subject: string): Locator {
    return this.#visitor.page
      .getByRole('table', { name: 'Messages' })
      .getByRole('row')
      .filter({ hasText: subject });
  }
}
