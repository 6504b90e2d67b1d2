import type { FrameLocator, Locator } from 'playwright-core';
import type { Visitor } from '../browser.ts';
import { Composer } from './composer.ts';

/** The emergency mailbox in a person's browser. */
export class Portal {
  readonly visitor: Visitor;

  constructor(visitor: Visitor) {
    this.visitor = visitor;
  }

  async open(url: string): Promise<void> {
    await this.visitor.page.goto(url);
    await this.visitor.page.getByLabel('Login').waitFor();
  }

  async signIn(login: string, password: string): Promise<void> {
    const { page } = this.visitor;
    await page.getByLabel('Login').fill(login);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await this.visitor.press(page.getByRole('button', { name: 'Sign in' }));
  }

  /** Tries to sign in with what does not work; the words of the refusal. */
  async refusedSignIn(login: string, password: string): Promise<string> {
    const alert = this.visitor.page.getByRole('alert').locator('p.problem');
    await this.visitor.refused(401, async () => {
      await this.signIn(login, password);
      await alert.waitFor();
    });
    return alert.innerText();
  }

  async choosePassword(password: string): Promise<void> {
    const { page } = this.visitor;
    await page.getByLabel('New password').fill(password);
    await this.visitor.press(page.getByRole('button', { name: 'Open my mailbox' }));
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  }

  /** Asks for new mail instead of waiting until the list looks by itself. */
  async findsByLooking(subject: string): Promise<boolean> {
    const look = this.visitor.page.getByRole('button', { name: 'Look for new mail' });
    await this.visitor.press(look);
    await look.and(this.visitor.page.locator('[aria-busy="false"]')).waitFor();
    return (await this.row(subject).count()) > 0;
  }

  /** A row of the list; new mail slides in by itself. */
  row(subject: string): Locator {
    return this.visitor.page.locator('.list-pane a.m').filter({ hasText: subject });
  }

  banner(): Locator {
    return this.visitor.page.getByRole('region', { name: 'Emergency mailbox' });
  }

  writeButton(): Locator {
    return this.visitor.page.getByRole('button', { name: 'Write', exact: true });
  }

  async read(subject: string): Promise<void> {
    await this.visitor.press(this.row(subject));
    await this.heading(subject).waitFor();
  }

  heading(subject: string): Locator {
    return this.visitor.page.getByRole('article').getByRole('heading', { level: 1, name: subject });
  }

  /** What a stranger wrote, in its frame. */
  letter(): FrameLocator {
    return this.visitor.page.frameLocator('iframe[title="Text of the message"]');
  }

  async backToList(): Promise<void> {
    await this.visitor.press(this.visitor.page.getByRole('button', { name: /^Back to / }));
  }

  async reply(): Promise<Composer> {
    await this.visitor.press(this.visitor.page.getByRole('button', { name: 'Reply', exact: true }));
    return Composer.opened(this.visitor);
  }

  async write(): Promise<Composer> {
    await this.visitor.press(this.writeButton());
    return Composer.opened(this.visitor);
  }

  async openFolder(folder: 'Inbox' | 'Sent' | 'Deleted'): Promise<void> {
    const { page, screen } = this.visitor;
    const name = screen.phone ? 'Emergency mailbox' : 'Folders';
    const link = page.getByRole('navigation', { name }).getByRole('link', { name: folder });
    await this.visitor.press(link);
    await page.getByRole('heading', { level: 1, name: folder }).waitFor();
  }
}
