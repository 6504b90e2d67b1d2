import type { Ports } from '@holdfast/application';
import type { ChannelKind, ContactChannel } from '@holdfast/domain';
import { START, type OrganisationHandle, type World } from './world.ts';

interface Told {
  readonly to: string;
  readonly text: string;
}

/** Phones and private inboxes under the test's eye. */
export interface Outside {
  readonly told: Told[];
  /** What goes on while a message is handed over. */
  meanwhile: (() => Promise<void>) | null;
  /** Ports for `createWorld`. */
  readonly ports: Pick<Ports, 'sms' | 'alternateEmail'>;
  /** What one of them was told, the newest last. */
  to(value: string): readonly string[];
}

export function createOutside(): Outside {
  const told: Told[] = [];
  const send: Ports['sms']['send'] & Ports['alternateEmail']['send'] = async (message) => {
    await outside.meanwhile?.();
    told.push({ to: message.to, text: message.text });
    return { ok: true, reference: message.reference };
  };
  const outside: Outside = {
    told,
    meanwhile: null,
    ports: { sms: { send }, alternateEmail: { send } },
    to: (value) => told.filter(({ to }) => to === value).map(({ text }) => text),
  };
  return outside;
}

/** Gives a user a channel, verified unless said otherwise. */
export async function giveChannel(
  world: World,
  { id }: OrganisationHandle,
  userId: string,
  channel: {
    readonly kind: ChannelKind;
    readonly value: string;
    readonly state?: ContactChannel;
    readonly shared?: boolean;
  },
): Promise<void> {
  const { kind, value, shared = false } = channel;
  const verified = { state: 'verified', value, givenAt: START, verifiedAt: START } as const;
  await world.ports.database.withinOrganisation(id, ({ channels }) =>
    channels.save({
      userId,
      kind,
      channel: channel.state ?? verified,
      challengeId: null,
      shared,
      weak: false,
    }),
  );
}

/** The newest code and link in what somebody was told. */
export function wayInOf(texts: readonly string[]): {
  readonly code: string;
  readonly link: string;
} {
  const text = texts.at(-1) ?? '';
  return {
    code: /code (\d+)/.exec(text)?.[1] ?? '',
    link: /way-in#(\S+)/.exec(text)?.[1] ?? '',
  };
}
