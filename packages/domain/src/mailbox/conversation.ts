/** What a message says of the conversation that it belongs to (RFC 5322, section 3.6.4). */
export interface ConversationLinks {
  /** With brackets; null when it has none. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  /** Oldest first. */
  readonly references: readonly string[];
  readonly subject: string;
  readonly from: { readonly address: string } | null;
}

/** Links of one message that are followed: the first is the root, the last are the nearest (RFC 5322 lets them be cut). */
const MAX_LINKS = 4;
/** Bounded, as hostile mail has subjects of any length. */
const MAX_SUBJECT = 200;

/**
 * In front of the subject of what is answered, sent on, or said of it: English, German, French, Spanish, Italian,
 * Portuguese, Dutch, Nordic, Polish, Czech, Turkish, Chinese and Japanese. Tags in brackets are put there by lists and gateways.
 */
const PREFIX =
  /^(?:\[[^\]]{1,40}\]|(?:re|aw|antw|antwort|sv|vs|vl|odp|odpov[eě]d|ynt|res|rif|ref|r|fw|fwd|wg|tr|rv|enc|doorst|videresendt|pd|i|ilt|accepted|declined|tentative|cancell?ed|updated|zugesagt|abgelehnt|mit vorbehalt|abgesagt|aktualisiert|automatic reply|automatische antwort|out of office|abwesend|undeliverable|unzustellbar|undelivered|回复|回覆|答复|转发|轉寄|返信|転送)(?:\s?[[(]\d{1,3}[\])])?\s?[:：])\s*/iu;

/** Who writes in the name of a mail server: what it says of a message is not said in its subject. */
const REPORTERS: ReadonlySet<string> = new Set(['mailer-daemon', 'postmaster']);

/** The subject without what answering put in front of it, so that it is the same all through a conversation. */
export function conversationSubject(subject: string): string {
  let rest = subject.slice(0, MAX_SUBJECT).normalize('NFKC').trim();
  for (;;) {
    const shorter = rest.replace(PREFIX, '');
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest.replaceAll(/\s+/g, ' ').toLowerCase();
}

/** Messages that this one answers: the root first, the nearest last. */
export function linksOf({ inReplyTo, references }: ConversationLinks): readonly string[] {
  const all = [...new Set([...references, ...(inReplyTo === null ? [] : [inReplyTo])])];
  return all.length <= MAX_LINKS ? all : [...all.slice(0, 1), ...all.slice(1 - MAX_LINKS)];
}

/**
 * The name by which a message finds its conversation before any other of it is here: its root and its subject. A new
 * subject begins a new conversation, as in Exchange and Gmail. Null: it has neither an id nor links, and stands alone.
 */
export function conversationName(message: ConversationLinks): string | null {
  const root = linksOf(message)[0] ?? message.messageId;
  return root === null ? null : `${root}\n${conversationSubject(message.subject)}`;
}

/** The name that answers to this message have when they know of nothing before it; null: nothing can answer it. */
export function nameOfAnswers({ messageId, subject }: ConversationLinks): string | null {
  return messageId === null ? null : `${messageId}\n${conversationSubject(subject)}`;
}

/** Whether a message belongs with another that it answers. */
export function goesWith(
  message: Pick<ConversationLinks, 'subject' | 'from'>,
  answered: { readonly subject: string },
): boolean {
  const [name = ''] = message.from?.address.toLowerCase().split('@') ?? [];
  return (
    REPORTERS.has(name) ||
    conversationSubject(message.subject) === conversationSubject(answered.subject)
  );
}

/** Which conversations turn out to be one: all of `ids` become `into`. */
export interface JoinedConversations {
  readonly into: string;
  readonly ids: readonly string[];
}

/**
 * Of ids that belong together, each into the smallest: whoever comes first and in whatever order, the same conversations
 * are joined.
 */
export function joinConversations(
  ties: readonly (readonly string[])[],
): readonly JoinedConversations[] {
  const parents = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    return root;
  };
  for (const [first, ...others] of ties)
    for (const other of others) {
      const [a, b] = [find(first ?? other), find(other)];
      if (a !== b) parents.set(a < b ? b : a, a < b ? a : b);
    }
  const joined = new Map<string, string[]>();
  for (const id of parents.keys()) {
    const into = find(id);
    joined.set(into, [...(joined.get(into) ?? []), id]);
  }
  return [...joined].map(([into, ids]) => ({ into, ids }));
}
