import type { Visitor } from '../browser.ts';
import type { DemoFacts } from '../product.ts';

/** What stands in the sidebar. */
type Destination =
  | 'Overview'
  | 'Protect users'
  | 'Users'
  | 'Emergency event'
  | 'Queue'
  | 'Quarantine'
  | 'Trace'
  | 'Connection';

/** The administrator's console: getting in and around. */
export class Console {
  readonly visitor: Visitor;

  constructor(visitor: Visitor) {
    this.visitor = visitor;
  }

  async open(facts: DemoFacts): Promise<void> {
    await this.visitor.page.goto(facts.adminUrl);
    await this.visitor.sees('This sign-in does not need Microsoft.');
  }

  async signIn(email: string, password: string): Promise<void> {
    const { page } = this.visitor;
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** By the navigation, as a person goes; behind a button on a phone. */
  async goTo(destination: Destination): Promise<void> {
    const { page, screen } = this.visitor;
    if (screen.phone) await page.getByRole('button', { name: 'Open menu' }).click();
    const navigation = page.getByRole('navigation', { name: 'Main' });
    // The figure beside the name belongs to the link.
    await navigation.getByRole('link', { name: new RegExp(`^${destination}`) }).click();
    const heading = { name: destination === 'Protect users' ? 'Email Continuity' : destination };
    await page.getByRole('heading', { level: 1, ...heading }).waitFor();
  }
}
