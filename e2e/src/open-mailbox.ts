import type { Browser } from 'playwright-core';
import { Visitor, type Screen, type VisitorOptions } from './browser.ts';
import { OWN_PASSWORD } from './first-sign-in.ts';
import { newMessageId, sendMail, smallMessage } from './mail.ts';
import type { SimulatedMessage } from './outside-world.ts';
import { bootInEvent, readInfoLinks } from './prepared-demo.ts';
import type { BootOptions, Product } from './product.ts';
import { waitFor } from './wait-for.ts';
import { listFolder, WebClient } from './web-client.ts';

/** The person of the demo who has verified channels and mail of thirty days. */
export const ADELE = 'adele.vance@contoso.example';
/** Somebody outside who writes and is written to. */
export const MONA = 'mona.kane@fabrikam.example';

/**
 * The demo with everybody protected and an emergency event that is active: for what is about the portal alone and does
 * not want to walk there. `walk.test.ts` walks.
 */
export class OpenMailboxes {
  readonly product: Product;
  readonly #clients = new Map<string, Promise<WebClient>>();

  private constructor(product: Product) {
    this.product = product;
  }

  /** Office 365 accepts nothing, and an event for everybody is active. */
  static async boot(options: BootOptions = {}): Promise<OpenMailboxes> {
    return new OpenMailboxes(await bootInEvent(options));
  }

  get url(): string {
    return this.product.facts.portalUrl;
  }

  /** The person's API as the portal's pages call it; signed in once. */
  client(login = ADELE): Promise<WebClient> {
    const known = this.#clients.get(login);
    if (known !== undefined) return known;
    const opened = this.#signIn(login);
    this.#clients.set(login, opened);
    return opened;
  }

  /**
   * A browser of the person that is signed in and shows `path`; nothing yet with null. Each is a device with a session of
   * its own.
   */
  async arrive(
    browser: Browser,
    screen: Screen,
    options: VisitorOptions & { readonly login?: string; readonly path?: string | null } = {},
  ): Promise<Visitor> {
    const login = options.login ?? ADELE;
    const device = await this.#signIn(login);
    const visitor = await Visitor.arrive(browser, login, screen, options);
    await visitor.take(this.url, device.cookie);
    const { path = '/' } = options;
    if (path !== null) await visitor.page.goto(`${this.url}${path}`);
    return visitor;
  }

  /** Hands a message in at our MX as somebody outside, and resolves to its Message-ID once it is in the Inbox. */
  async deliver(message: {
    readonly subject: string;
    readonly body?: string;
    readonly from?: string;
    readonly to?: string;
    /** The whole message, instead of a small one. Its subject has to be `subject`. */
    readonly raw?: string | Buffer;
  }): Promise<string> {
    const { from = MONA, to = ADELE } = message;
    const messageId = newMessageId();
    const raw = message.raw ?? smallMessage({ ...message, from, to, messageId });
    const port = this.product.facts.mxPort;
    const answer = await sendMail({ port, from, to, raw });
    if (answer.code !== 250) throw new Error(`“${message.subject}” was refused: ${answer.reply}`);
    const client = await this.client(to);
    await waitFor(`“${message.subject}” in the inbox of ${to}`, async () =>
      (await listFolder(client, 'inbox')).some(({ subject }) => subject === message.subject),
    );
    return messageId;
  }

  /** What has left for somebody outside with this subject; more than one was sent more than once. */
  async left(subject: string, address = MONA): Promise<readonly SimulatedMessage[]> {
    const all = await this.product.world.external(address);
    return all.filter((message) => message.subject === subject);
  }

  /** Where the message with this subject is read. */
  async pathOf(subject: string, login = ADELE): Promise<string> {
    const rows = await listFolder(await this.client(login), 'inbox');
    const found = rows.find((row) => row.subject === subject);
    if (found === undefined) throw new Error(`“${subject}” is not in the inbox of ${login}.`);
    return `/inbox/${found.id}`;
  }

  /** What the people and groups are called whom anybody of the organisation can write to. */
  async namesInDirectory(): Promise<ReadonlySet<string>> {
    const client = await this.client();
    const people = await client.query<readonly { readonly name: string }[]>('people.search', {
      query: '',
      limit: 50,
    });
    return new Set(people.map(({ name }) => name));
  }

  /** Paths of links to give alternate info, of people who have given none. */
  infoLinks(): Promise<readonly string[]> {
    return readInfoLinks(this.product);
  }

  async stop(): Promise<void> {
    await this.product.stop();
  }

  async #signIn(login: string): Promise<WebClient> {
    const device = new WebClient(this.url);
    await device.mutate('session.signIn', { login, password: OWN_PASSWORD });
    return device;
  }
}
