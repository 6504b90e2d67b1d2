import type { Locator } from 'playwright-core';
import type { Visitor } from '../browser.ts';

/** The steps of *Protect users now*. */
export class ProtectWizard {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  async begin(): Promise<void> {
    await this.#visitor.page.getByRole('link', { name: 'Protect users now' }).click();
    await this.#step('Connect Office 365').waitFor();
  }

  /** Words and result of each check of the connection. */
  async preflight(): Promise<readonly string[]> {
    const checks = this.#visitor.page.getByRole('region', { name: 'What works' });
    await checks.waitFor();
    await checks.getByText(/^Checked /).waitFor();
    return checks.getByRole('listitem').allInnerTexts();
  }

  async goOn(next: string): Promise<void> {
    await this.#visitor.page.getByRole('button', { name: 'Continue' }).click();
    await this.#step(next).waitFor();
  }

  /** Reads the directory; what was shown while it ran, and the sentence at its end. */
  async refresh(): Promise<{ readonly progress: string; readonly result: string }> {
    const step = this.#step('Refresh mailboxes');
    const status = step.getByRole('status');
    await step.getByRole('button', { name: /^Refresh (mailboxes|again)$/ }).click();
    const running = status.getByText(
      /^(Waiting to start|(Reading|Asking|Applying) .*: .* seen so far)$/,
    );
    await running.waitFor();
    const progress = await running.innerText();
    const result = status.getByText(/new · .* changed · .* gone$/);
    await result.waitFor();
    return { progress, result: await result.innerText() };
  }

  async protectAll(): Promise<void> {
    await this.#visitor.page.getByRole('radio', { name: 'Protect all Office 365 users' }).check();
  }

  async chooseUsers(): Promise<void> {
    await this.#visitor.page.getByRole('radio', { name: 'Choose users' }).check();
    await this.#picker().waitFor();
  }

  /** The row of the list to choose from, found by searching as a person does. */
  async find(address: string): Promise<Locator> {
    await this.#visitor.page
      .getByRole('searchbox', { name: 'Search name or address' })
      .fill(address);
    const row = this.#picker().locator('label').filter({ hasText: address });
    await row.waitFor();
    return row;
  }

  async protectNewUsers(yes: boolean): Promise<void> {
    const name = yes ? 'Yes, protect new users' : 'No, I will tick them myself';
    await this.#visitor.page.getByRole('radio', { name }).check();
  }

  /** What installing will do, one sentence or two a line. */
  async consequences(): Promise<string> {
    // The first: what is changed in Office 365 has one of its own.
    const list = this.#step('Review and install').getByRole('list').first();
    await list.waitFor();
    return list.innerText();
  }

  /** Installs and waits until both steps on the Office 365 side are done; their lines. */
  async install(): Promise<readonly string[]> {
    const review = this.#step('Review and install');
    await review.getByRole('button', { name: 'Install', exact: true }).click();
    const steps = this.#step('Installed').getByRole('listitem');
    await steps.filter({ hasText: 'Done' }).nth(1).waitFor();
    return steps.allInnerTexts();
  }

  async seeUsers(): Promise<void> {
    await this.#visitor.page.getByRole('link', { name: 'See users' }).click();
    await this.#visitor.page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  }

  #step(title: string): Locator {
    return this.#visitor.page.getByRole('region', { name: title, exact: true });
  }

  #picker(): Locator {
    return this.#visitor.page.getByRole('group', { name: 'People to choose from' });
  }
}
