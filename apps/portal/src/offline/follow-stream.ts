import { queryClient, trpc } from '../api.ts';
import { refreshDraftsSoon } from '../drafts/draft-session.ts';
import { lookForMail } from '../mailbox/lists.ts';
import { send } from '../outbox/outbox.ts';
import { clearNotices } from '../push/clear-notices.ts';
import type { PushNews } from '../service-worker/names.ts';

const PUSH_NEWS: PushNews = 'push-news';

/** A page that nobody looks at lets go of its connection after this. Unit: ms. */
const HIDDEN_FOR = 60_000;
/** After a refusal (too many, a restart); what a lost connection costs is decided by the browser. Unit: ms. */
const AGAIN = { least: 10_000, spread: 20_000 } as const;

/** Hints of the server instead of waiting for the next look, which goes on behind it. Returns how to stop. */
export function followStream(user: string): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    clearTimeout(timer);
    if (source !== null || document.visibilityState === 'hidden') return;
    source = new EventSource('/stream');
    // The connection is back: what waits may leave, and what came meanwhile was not told.
    source.addEventListener('open', () => {
      void send(user, true);
      look();
    });
    source.addEventListener('mail', look);
    source.addEventListener('state', askForState);
    source.addEventListener('gone', () => {
      close();
      askForState();
    });
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      close();
      timer = setTimeout(open, AGAIN.least + Math.random() * AGAIN.spread);
    });
  }

  function close(): void {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function turn(): void {
    if (document.visibilityState === 'visible') {
      void clearNotices();
      return open();
    }
    clearTimeout(timer);
    timer = setTimeout(close, HIDDEN_FOR);
  }

  document.addEventListener('visibilitychange', turn);
  addEventListener('online', open);
  const stopPush = followPushNews();
  void clearNotices();
  open();
  return () => {
    close();
    document.removeEventListener('visibilitychange', turn);
    removeEventListener('online', open);
    stopPush();
  };
}

/** What a push message is about is looked for as well, where the stream does not get through. */
function followPushNews(): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined;
  const hear = ({ data }: MessageEvent<unknown>): void => {
    if (data !== PUSH_NEWS) return;
    look();
    askForState();
    void clearNotices();
  };
  navigator.serviceWorker.addEventListener('message', hear);
  return () => navigator.serviceWorker.removeEventListener('message', hear);
}

function look(): void {
  lookForMail();
  refreshDraftsSoon();
}

function askForState(): void {
  void queryClient.invalidateQueries({ queryKey: trpc.session.state.queryKey() });
}
