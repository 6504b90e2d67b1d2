import { createHash, randomBytes } from 'node:crypto';
import { type MailFolder, type StoredMessage, WELL_KNOWN_FOLDERS } from './message.ts';
import { readHeaders } from './read-headers.ts';

export type NewMessage = Partial<StoredMessage> & Pick<StoredMessage, 'raw'>;

const opaqueId = (bytes: Buffer): string => `AAMkAG${bytes.toString('base64url')}AAA=`;

/** One mailbox: folders and messages, newest first. */
export class Mailbox {
  readonly address: string;
  readonly folders: MailFolder[];
  #messages: StoredMessage[] = [];
  /** Keys of what was ever delivered: the store drops a second copy even when the first was moved or deleted. */
  readonly #delivered = new Set<string>();
  /** Second copies that were dropped. */
  #dropped = 0;

  constructor(address: string) {
    this.address = address;
    this.folders = Object.values(WELL_KNOWN_FOLDERS).map((displayName) => ({
      id: this.#folderId(displayName),
      displayName,
    }));
  }

  #folderId(displayName: string): string {
    return opaqueId(createHash('sha256').update(`${this.address}/${displayName}`).digest());
  }

  /** By id or well-known name. */
  folder(idOrName: string): MailFolder | undefined {
    const known = Object.entries(WELL_KNOWN_FOLDERS).find(
      ([name]) => name === idOrName.toLowerCase(),
    );
    return this.folders.find((folder) =>
      known === undefined ? folder.id === idOrName : folder.displayName === known[1],
    );
  }

  addFolder(displayName: string): MailFolder {
    const folder = { id: this.#folderId(displayName), displayName };
    this.folders.push(folder);
    return folder;
  }

  messages(folderId?: string): StoredMessage[] {
    return this.#messages
      .filter((message) => folderId === undefined || message.folderId === folderId)
      .toSorted((a, b) => b.receivedAt - a.receivedAt);
  }

  get dropped(): number {
    return this.#dropped;
  }

  message(id: string): StoredMessage | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  /**
   * Puts mail that came by SMTP into a folder, unless the same Message-ID with the same Date was delivered before:
   * Exchange's store drops such a duplicate silently, after having accepted it.
   */
  async deliver(folderName: 'inbox' | 'junkemail', message: NewMessage): Promise<boolean> {
    const headers = await readHeaders(message.raw);
    const key = `${headers.messageId}\n${headers.date}`;
    if (headers.messageId !== '' && this.#delivered.has(key)) {
      this.#dropped += 1;
      return false;
    }
    this.#delivered.add(key);
    await this.store(folderName, message);
    return true;
  }

  /** Adds a message without asking whether it is there already. What is not given is read from the headers. */
  async store(folderIdOrName: string, message: NewMessage): Promise<StoredMessage> {
    const folder = this.folder(folderIdOrName);
    if (folder === undefined) throw new Error(`no folder ${folderIdOrName} in ${this.address}`);
    const headers = await readHeaders(message.raw);
    const now = Date.now();
    const stored: StoredMessage = {
      id: opaqueId(randomBytes(24)),
      folderId: folder.id,
      subject: headers.subject,
      from: headers.from,
      to: headers.to,
      messageId: headers.messageId,
      isRead: false,
      isDraft: false,
      receivedAt: now,
      sentAt: headers.date ?? now,
      createdAt: now,
      modifiedAt: now,
      categories: [],
      flagged: 'notFlagged',
      importance: 'normal',
      inferenceClassification: 'focused',
      extendedProperties: [],
      ...message,
    };
    this.#messages.push(stored);
    return stored;
  }

  remove(message: StoredMessage): void {
    this.#messages = this.#messages.filter((other) => other !== message);
  }

  /** Moves a message; it gets a new id, as in Exchange without immutable ids. */
  move(message: StoredMessage, folder: MailFolder, keepId: boolean): StoredMessage {
    const moved = {
      ...message,
      id: keepId ? message.id : opaqueId(randomBytes(24)),
      folderId: folder.id,
      modifiedAt: Date.now(),
    };
    this.#messages = this.#messages.map((other) => (other === message ? moved : other));
    return moved;
  }
}
