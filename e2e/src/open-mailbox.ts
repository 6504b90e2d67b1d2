import type { Browser } from 'playwright-core';
import { Visitor, type Screen, type VisitorOptions } from './browser.ts';
import type { UserRow } from './command-answers.ts';
import { settledLedger } from './ledger.ts';
import { newMessageId, sendMail, smallMessage } from './mail.ts';
import type { OutsideWorld, SimulatedMessage } from './outside-world.ts';
import { bootProduct, type BootOptions, type Product } from './product.ts';
import { waitFor } from './wait-for.ts';
import { readable } from './walk-mail.ts';
import { listFolder, WebClient } from './web-client.ts';

/** The person of the demo who has verified channels and mail of thirty days. */
export const ADELE = 'adele.vance@contoso.example';
/** Somebody outside who writes and is written to. */
export const MONA = 'mona.kane@fabrikam.example';
/** Chosen at the first sign-in, for everybody who signs in by these means. */
export const OWN_PASSWORD = 'quite a long e2e passphrase 7';

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

  /** Boots, makes Office 365 accept nothing and starts an event for everybody. */
  static async boot(options: BootOptions = {}): Promise<OpenMailboxes> {
    const product = await bootProduct({ installed: true, ...options });
    try {
      await settledLedger(product);
      await product.world.outage('transport');
      const event = ['event', 'start', '--scope', 'all', '--reason', 'Office 365 accepts no mail'];
      const started = await product.holdfast(...event, '--yes');
      if (started.exit !== 0) throw new Error(`The event did not start: ${started.stderr}`);
      return new OpenMailboxes(product);
    } catch (error) {
      await product.stop();
      throw error;
    }
  }

  get url(): string {
    return this.product.facts.portalUrl;
  }

  /** The person's API as the portal's pages call it; signed in once, by the notice's temporary password. */
  client(login = ADELE): Promise<WebClient> {
    const known = this.#clients.get(login);
    if (known !== undefined) return known;
    const opened = openMailbox(this.url, this.product.world, login);
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
    await this.client(login);
    const device = new WebClient(this.url);
    await device.mutate('session.signIn', { login, password: OWN_PASSWORD });
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

  /** The path of a link to give alternate info, out of the work mailbox of somebody who has given none. */
  async infoLink(): Promise<string> {
    const users = (await this.product.holdfast('users', 'list', '--json')).json;
    const asked = (users as readonly UserRow[]).find(
      (user) => user.protected && user.alternateInfo === 'asked',
    );
    if (asked === undefined) throw new Error('Everybody has given alternate info.');
    for (const message of await this.product.world.mailbox(asked.address)) {
      const found = /http:\/\/[^/\s]+(\/info\/[\w.~-]+)/.exec(readable(message))?.[1];
      if (found !== undefined) return found;
    }
    throw new Error(`${asked.address} was not asked by mail.`);
  }

  async stop(): Promise<void> {
    await this.product.stop();
  }
}

/** The emergency mailbox of a user whom the notice of an event has reached by SMS. */
export async function openMailbox(
  portalUrl: string,
  world: OutsideWorld,
  login: string,
): Promise<WebClient> {
  const password = await waitFor(`the SMS with the password of ${login}`, async () => {
    const texts = (await world.sms()).map(({ text }) => text);
    const own = texts.findLast((text) => text.includes(`Login: ${login}`));
    return /Password: (\S+)/.exec(own ?? '')?.[1];
  });
  const portal = new WebClient(portalUrl);
  const state = await portal.mutate<{ readonly mustChoosePassword: boolean }>('session.signIn', {
    login,
    password,
  });
  if (state.mustChoosePassword) {
    await portal.mutate('session.choosePassword', { password: OWN_PASSWORD });
  }
  return portal;
}
