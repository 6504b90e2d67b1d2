import { openSession, type SessionTarget, type SmtpSession } from './smtp-session.ts';

export interface SessionPool {
  /** An idle session to this host and address, or null. */
  take(target: SessionTarget): SmtpSession | null;
  open(target: SessionTarget): Promise<SmtpSession>;
  /** Keeps the session for the next message, or ends it when enough are kept. */
  give(session: SmtpSession): void;
  closeAll(): void;
}

/** Per host; more idle ones only hold slots at the far end. */
const MAX_IDLE_PER_HOST = 20;
/** Milliseconds; below the idle time after which common servers hang up (Postfix `smtpd_timeout` under stress: 10 s). */
const IDLE_LIFETIME = 8000;

interface Idle {
  readonly session: SmtpSession;
  readonly timer: NodeJS.Timeout;
}

export function createSessionPool(): SessionPool {
  const idle = new Map<string, Idle[]>();
  let closed = false;

  function drop(session: SmtpSession): void {
    const key = keyOf(session.target);
    const rest = (idle.get(key) ?? []).filter((entry) => entry.session !== session);
    if (rest.length === 0) idle.delete(key);
    else idle.set(key, rest);
    session.quit();
  }

  return {
    take(target) {
      for (;;) {
        const entry = idle.get(keyOf(target))?.pop();
        if (entry === undefined) return null;
        clearTimeout(entry.timer);
        if (entry.session.isOpen()) return entry.session;
      }
    },
    open: openSession,
    give(session) {
      if (!session.isOpen()) return;
      const key = keyOf(session.target);
      const entries = idle.get(key) ?? [];
      if (closed || entries.length >= MAX_IDLE_PER_HOST) return session.quit();
      const timer = setTimeout(() => drop(session), IDLE_LIFETIME);
      timer.unref();
      idle.set(key, [...entries, { session, timer }]);
    },
    closeAll() {
      closed = true;
      for (const { session, timer } of [...idle.values()].flat()) {
        clearTimeout(timer);
        session.quit();
        session.close();
      }
      idle.clear();
    },
  };
}

function keyOf(target: SessionTarget): string {
  return `${target.host} ${target.address} ${target.port}`;
}
