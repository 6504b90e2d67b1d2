import type { Actor, Ports } from '@holdfast/application';
import type { Language } from '@holdfast/domain';

/** What the server gives each request. Cookies stay the server's business. */
export interface AdminContext {
  readonly ports: Ports;
  readonly actor: Extract<Actor, { kind: 'administrator' }> | null;
  readonly ip: string;
  startSession(token: string, expiresAt: number): void;
  endSession(): void;
  /** The token of the current session, to end it; null when there is none. */
  readonly sessionToken: string | null;
}

export interface PortalContext {
  readonly ports: Ports;
  readonly actor: Extract<Actor, { kind: 'user' }> | null;
  /** Signed in with a temporary password: only choosing one's own is allowed. */
  readonly mustChoosePassword: boolean;
  readonly ip: string;
  readonly userAgent: string | null;
  /** Of the page that asks. */
  readonly language: Language;
  /** Has this browser's pages in another language from now on. */
  setLanguage(language: Language): void;
  startSession(token: string, expiresAt: number): void;
  endSession(): void;
  readonly sessionToken: string | null;
}
