import type { Visitor } from '../browser.ts';

export interface PrivateInfo {
  readonly email?: string;
  /** As people type it, without the country's code. */
  readonly phone?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}

/** The pages behind a person's link: form, codes, done. */
export class InfoForm {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  async open(link: string): Promise<void> {
    await this.#visitor.page.goto(link);
  }

  async give(info: PrivateInfo): Promise<void> {
    const { page } = this.#visitor;
    await page.getByLabel('Private email address').fill(info.email ?? '');
    if (info.country !== undefined) await page.getByLabel('Country').selectOption(info.country);
    await page.getByLabel('Phone number').fill(info.phone ?? '');
    await page.getByRole('button', { name: 'Send me the codes' }).click();
  }

  async enterCodes(codes: { readonly sms?: string; readonly email?: string }): Promise<void> {
    const { page } = this.#visitor;
    if (codes.sms !== undefined) {
      await page.getByLabel(/^Code from the text message/).fill(codes.sms);
    }
    if (codes.email !== undefined) await page.getByLabel(/^Code from the email/).fill(codes.email);
    await page.getByRole('button', { name: 'Confirm' }).click();
  }

  async heading(): Promise<string> {
    return this.#visitor.page.getByRole('heading', { level: 1 }).innerText();
  }

  /** The sentence beside a field that was refused. */
  async fieldError(): Promise<string> {
    return this.#visitor.page.locator('.error').first().innerText();
  }
}
