import type { Visitor } from '../browser.ts';

/** How Holdfast is connected to Office 365, and Microsoft's page where a tenant admits it. */
export class ConnectionPage {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** As far as Microsoft's page; `without` are the tiers that are left out. */
  async startConsent(tenant: string, without: readonly string[] = []): Promise<void> {
    const { page } = this.#visitor;
    await this.#change('Admit Holdfast’s application');
    await page.getByLabel('Domain of your organisation').fill(tenant);
    for (const tier of without) await page.getByRole('checkbox', { name: tier }).uncheck();
    await page.getByRole('button', { name: 'Continue to Microsoft' }).click();
    await page.getByRole('heading', { name: 'Permissions requested' }).waitFor();
  }

  /** Presses a button on Microsoft's page. */
  async decide(button: string): Promise<void> {
    await this.#visitor.page.getByRole('button', { name: button }).click();
    await this.#visitor.page.getByRole('heading', { name: 'Back from Microsoft' }).waitFor();
  }

  /** The PEM that is offered for download. */
  async makeCertificate(): Promise<string> {
    const { page } = this.#visitor;
    await this.#change('Use an application of your own');
    await page.getByRole('radio', { name: 'Certificate made here' }).check();
    await page.getByRole('button', { name: 'Make a certificate' }).click();
    const link = page.getByRole('link', { name: 'Download certificate' });
    const href = (await link.getAttribute('href')) ?? '';
    return decodeURIComponent(href.slice(href.indexOf(',') + 1));
  }

  async connectOwn(clientId: string): Promise<void> {
    const { page } = this.#visitor;
    await page.getByLabel('Application (client) ID').fill(clientId);
    await page.getByRole('button', { name: 'Connect and check' }).click();
  }

  async #change(way: string): Promise<void> {
    const { page } = this.#visitor;
    await page.getByRole('button', { name: 'Renew or change…' }).click();
    await page.getByRole('radio', { name: way }).check();
  }
}
