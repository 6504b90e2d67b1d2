import { queryClient, trpc } from '../api.ts';
import { lookForMail } from '../mailbox/lists.ts';
import { en } from '../messages/en.ts';
import { outboxNews as words } from '../messages/en/outbox-news.ts';
import { navigate } from '../navigation.ts';
import { showSnack } from '../parts/snackbar.tsx';
import type { News } from './outbox-sender.ts';

const CHANNEL = 'holdfast-outbox-news';
/** Taken back in this tab: what was written opens here again. */
const expected = new Set<string>();
let channel: BroadcastChannel | null = null;
let tellHere: (news: News) => void = () => undefined;

type TakeBack = (key: string) => void;

export function expectReturn(key: string): void {
  expected.add(key);
}

/** From the tab that sends to the ones that are looked at. */
export function publishNews(news: News): void {
  tellHere(news);
  channel?.postMessage(news);
}

/** Shows what happens to the messages of this person. Returns how to stop. */
export function followNews(takeBack: TakeBack): () => void {
  tellHere = (news) => show(takeBack, news);
  if (typeof BroadcastChannel !== 'undefined') {
    channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener('message', ({ data }: MessageEvent<News>) => tellHere(data));
  }
  return () => {
    tellHere = () => undefined;
    channel?.close();
    channel = null;
  };
}

function show(takeBack: TakeBack, news: News): void {
  switch (news.kind) {
    case 'sent':
      lookAgain();
      return showSent(takeBack, news);
    case 'waits':
      return showSnack({
        text: words.waits[news.trouble],
        leadsTo: 'outbox',
        action: { label: words.show, run: () => navigate({ page: 'outbox' }) },
      });
    case 'returned':
      lookAgain();
      return showReturned(news);
    case 'left':
      expected.delete(news.key);
      return showSnack({ text: words.left, tone: 'problem' });
    case 'not-done':
      // Wherever it was shown as done.
      void queryClient.invalidateQueries({ queryKey: trpc.mailbox.pathKey() });
      return showSnack({
        text: `${words.notDone[news.change]} ${news.reason}`,
        tone: 'problem',
      });
    case 'over':
      return showSnack({
        text: words.over,
        tone: 'problem',
        action: { label: words.show, run: () => navigate({ page: 'outbox' }) },
      });
  }
}

/** Sent has one message more or less, and so may have the conversation that is open. */
function lookAgain(): void {
  lookForMail();
  void queryClient.invalidateQueries({ queryKey: trpc.mailbox.conversation.pathKey() });
}

function showSent(takeBack: TakeBack, news: Extract<News, { kind: 'sent' }>): void {
  const left = (news.undoUntil ?? 0) - Date.now();
  const state = queryClient.getQueryData(trpc.session.state.queryKey());
  const text = state?.access === 'drill' ? en.composer.practised : en.composer.sent;
  showSnack(
    left <= 0
      ? { text }
      : {
          text,
          action: {
            label: en.actions.undo,
            run: () => takeBack(news.key),
            offeredFor: left,
          },
        },
  );
}

function showReturned({ key, draftKey, reason }: Extract<News, { kind: 'returned' }>): void {
  const open = (): void => navigate({ page: 'write', draftKey });
  if (expected.delete(key)) open();
  else if (reason !== null)
    showSnack({
      text: `${en.composer.notSent} ${reason}`,
      tone: 'problem',
      action: { label: words.open, run: open },
    });
}
