import { openSession, type Opened, type SessionTarget, type SmtpSession } from './smtp-session.ts';

export interface SessionPool {
  /** An idle session to this host and address, or null. */
  take(target: SessionTarget): SmtpSession | null;
  open(target: SessionTarget): Promise<Opened>;
  /** Keeps the session for the next message, or ends it when enough are kept. */
  give(session: SmtpSession): void;
  closeAll(): void;
}

/** Per host; as many as a destination may ever have. */
const MAX_IDLE_PER_HOST = 100;
/** Milliseconds; below the idle time after which common servers hang up (Postfix `smtpd_timeout` under stress: 10 s). */
const IDLE_LIFETIME = 8000;

interface Idle {
  readonly session: SmtpSession;
  readonly since: number;
}

export function createSessionPool(): SessionPool {
  const idle = new Map<string, Idle[]>();
  let sweeping: NodeJS.Timeout | null = null;
  let closed = false;

  /** One timer for all: a timer for each pause between two messages cost as much as the look-up itself. */
  function sweep(): void {
    const oldest = performance.now() - IDLE_LIFETIME;
    for (const [key, entries] of idle) {
      const kept = entries.filter(({ since }) => since > oldest);
      for (const { session, since } of entries) if (since <= oldest) session.quit();
      if (kept.length === 0) idle.delete(key);
      else idle.set(key, kept);
    }
    sweeping = idle.size === 0 ? null : setTimeout(sweep, IDLE_LIFETIME / 4).unref();
  }

  return {
    take(target) {
      const entries = idle.get(keyOf(target));
      for (let entry = entries?.pop(); entry !== undefined; entry = entries?.pop())
        if (entry.session.isOpen()) return entry.session;
      return null;
    },
    open: openSession,
    give(session) {
      if (!session.isOpen()) return;
      const key = keyOf(session.target);
      const entries = idle.get(key) ?? [];
      if (closed || entries.length >= MAX_IDLE_PER_HOST) return session.quit();
      entries.push({ session, since: performance.now() });
      idle.set(key, entries);
      sweeping ??= setTimeout(sweep, IDLE_LIFETIME / 4).unref();
    },
    closeAll() {
      closed = true;
      if (sweeping !== null) clearTimeout(sweeping);
      for (const { session } of [...idle.values()].flat()) session.quit();
      idle.clear();
    },
  };
}

/** Sessions in clear are not given out where TLS is a must, nor the other way round. */
function keyOf({ host, address, port, tls }: SessionTarget): string {
  return `${host} ${address} ${port} ${tls}`;
}
