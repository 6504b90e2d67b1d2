import { isProven, mayBeMessaged, writtenLanguage } from '@holdfast/domain';
import { sendToChannel } from '../alternate-info/send-to-channel.ts';
import type { EmailText } from '../ports/notice-templates.ts';
import type { SpokenMessage } from '../ports/voice.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import type { ChannelRecord, DirectoryRecord, NoticeRecord } from '../records/people.ts';

interface NoticeWords {
  readonly sms: string;
  readonly email: EmailText;
  readonly spoken: SpokenMessage;
  /** As which the notice is kept. */
  readonly kind: string;
}

interface Notice {
  /** Of the job: with the channel it names each notice, which leaves once. */
  readonly id: string;
  /** Of the event or the drill. */
  readonly eventId: string;
  readonly organisation: OrganisationRecord;
  readonly user: DirectoryRecord;
  /** In this order. */
  readonly channels: readonly ChannelRecord[];
  /** Login and password are for a channel that is proven, and for no other. */
  readonly words: (isProven: boolean) => NoticeWords;
}

/**
 * Tells one user over every channel they gave, each once. One that cannot be used at the moment keeps no other waiting: a
 * gateway for text messages may be down for hours in the very outage that is to be told of. It throws at the end, so that
 * the job tries that one again.
 */
export async function tellOverChannels(ports: Ports, notice: Notice): Promise<void> {
  const failed: string[] = [];
  for (const { channel, kind } of notice.channels) {
    if (!mayBeMessaged(channel)) continue;
    const detail = await tellOver(ports, notice, kind, channel.value, isProven(channel));
    if (detail !== null) failed.push(detail);
  }
  if (failed.length > 0) throw new Error(`Notice not handed over: ${failed.join('; ')}`);
}

/** Why it is to be tried again; null when it is done with. */
async function tellOver(
  ports: Ports,
  { id: jobId, eventId, organisation, user, words }: Notice,
  channel: ChannelRecord['kind'],
  value: string,
  proven: boolean,
): Promise<string | null> {
  const id = `${jobId}:${channel}`;
  const earlier = await ports.database.withinOrganisation(organisation.id, ({ notices }) =>
    notices.get(id),
  );
  if (earlier?.state === 'sent') return null;
  const { kind, ...said } = words(proven);
  const language = writtenLanguage(user);
  const to = { organisation, userId: user.id, kind: channel, value, language };
  const outcome = await sendToChannel(ports, to, said, id);
  const record: NoticeRecord = {
    id,
    userId: user.id,
    channel,
    kind,
    eventId,
    state: outcome.ok ? 'sent' : 'failed',
    detail: outcome.ok ? outcome.reference : outcome.detail,
    at: ports.clock.now(),
  };
  await ports.database.withinOrganisation(organisation.id, ({ notices }) => notices.save(record));
  return outcome.ok || outcome.permanent ? null : outcome.detail;
}
