import { createHash, randomBytes } from 'node:crypto';
import {
  type FolderChanges,
  type MailFolder,
  type StoredMessage,
  WELL_KNOWN_FOLDERS,
} from './message.ts';
import type { MeetingSeries } from './calendar.ts';
import { readHeaders } from './read-headers.ts';

export type NewMessage = Partial<StoredMessage> & Pick<StoredMessage, 'raw'>;

const opaqueId = (bytes: Buffer): string => `AAMkAG${bytes.toString('base64url')}AAA=`;

/** One mailbox: folders and messages, newest first. */
export class Mailbox {
  readonly address: string;
  readonly folders: MailFolder[];
  /** Null until somebody asks for it. */
  calendar: MeetingSeries[] | null = null;
  #messages: StoredMessage[] = [];
  /** Keys of what was ever delivered: the store drops a second copy even when the first was moved or deleted. */
  readonly #delivered = new Set<string>();
  /** Second copies that were dropped. */
  #dropped = 0;
  /** Grows with every change: what a client has seen is a number. */
  #version = 0;
  readonly #changedAt = new Map<string, number>();
  #removals: { readonly id: string; readonly folderId: string; readonly version: number }[] = [];
  /** Sync states from before are not known any more. */
  #forgotten = -1;

  constructor(address: string) {
    this.address = address;
    this.folders = Object.values(WELL_KNOWN_FOLDERS).map((displayName) => ({
      id: this.#folderId(displayName),
      displayName,
      parentId: null,
    }));
  }

  get version(): number {
    return this.#version;
  }

  /** Says that the message is not what it was. */
  touch(message: StoredMessage): void {
    this.#version += 1;
    this.#changedAt.set(message.id, this.#version);
  }

  #leaves(message: StoredMessage): void {
    this.#version += 1;
    const { id, folderId } = message;
    this.#removals.push({ id, folderId, version: this.#version });
  }

  /** What happened in a folder since; everything when nothing was seen of it. */
  changes(folderId: string, since: number): FolderChanges {
    const here = this.messages(folderId);
    return {
      changed: here.filter(({ id }) => (this.#changedAt.get(id) ?? 0) > since),
      removed: [
        ...new Set(
          this.#removals
            .filter((removal) => removal.folderId === folderId && removal.version > since)
            .map(({ id }) => id)
            .filter((id) => !here.some((message) => message.id === id)),
        ),
      ],
    };
  }

  /** As after a mailbox was moved to another database: clients have to begin anew. */
  forgetSyncStates(): void {
    this.#forgotten = this.#version;
  }

  knowsSyncState(version: number): boolean {
    return version <= this.#version && version > this.#forgotten;
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

  addFolder(displayName: string, parentId: string | null = null): MailFolder {
    const folder = {
      id: this.#folderId(`${parentId ?? ''}/${displayName}`),
      displayName,
      parentId,
    };
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
    this.touch(stored);
    return stored;
  }

  /** For good, as from Deleted Items. */
  remove(message: StoredMessage): void {
    this.#messages = this.#messages.filter((other) => other !== message);
    this.#leaves(message);
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
    this.#leaves(message);
    this.touch(moved);
    return moved;
  }
}
