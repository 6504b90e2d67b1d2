import {
  REMOVE_WORDS,
  SUGGESTION_FIELD,
  type ChannelRecord,
  type InfoSubject,
  type PhoneNumbers,
  type Ports,
  type Refusal,
} from '@holdfast/application';
import {
  isProofOpen,
  isProven,
  maskAddress,
  maskPhone,
  waitingOf,
  type ChannelKind,
  type Language,
} from '@holdfast/domain';
import type { ChangeFormModel, ChangeWhat } from './alternate-info/change-form.ts';
import type { ChangeMenuModel } from './alternate-info/change-menu.ts';
import type { CodeChannel, CodeFormModel, ShownChannel } from './alternate-info/code-form.ts';
import type { DoneModel } from './alternate-info/done.ts';
import type { Suggestion } from './alternate-info/fields.ts';
import type { InfoFormModel } from './alternate-info/info-form.ts';
import type { PageOwner } from './alternate-info/page.ts';
import type { RemoveFormModel } from './alternate-info/remove-form.ts';
import { pathsOf, type ChangeWord } from './alternate-info-paths.ts';

export type InfoValues = InfoFormModel['values'];

/** Whose page it is, and what it is written in. */
export interface ShownSubject extends InfoSubject {
  readonly language: Language;
}

const KINDS: readonly ChannelKind[] = ['sms', 'email'];

/** How numbers are reached: decides what stands beside them. */
export type Telephony = Pick<Ports, 'phones' | 'voice'>;

/** Channels that hold something, waiting, proven or opted out. */
export function channelsOf(subject: InfoSubject): readonly ChannelRecord[] {
  return subject.channels.filter(({ channel }) => channel.state !== 'removed');
}

/** Something waits for a code: a value that was given, or one that was proven long ago. */
export function isWaiting({ channel }: ChannelRecord): boolean {
  return waitingOf(channel) !== null;
}

export function hasProven(subject: InfoSubject): boolean {
  return subject.channels.some(({ channel }) => isProven(channel));
}

/** What was given before is never shown again: the link came to the work address, which others may read. */
export function blankValues(subject: ShownSubject, country: string): InfoValues {
  const { language, preference } = subject;
  return {
    email: '',
    phone: '',
    country,
    preferred: preference?.preferred ?? 'sms',
    language,
  };
}

export function infoFormModel(
  subject: ShownSubject,
  token: string,
  { phones, voice }: Telephony,
  values: InfoValues,
  wrong: Pick<InfoFormModel, 'errors' | 'suggestion'>,
): InfoFormModel {
  return {
    ...ownerOf(subject, token),
    ...wrong,
    action: pathsOf(token).form,
    values,
    countries: countriesOf(phones, subject.language),
    calls: voice.available,
  };
}

/** What was refused, beside its field; about the whole where it belongs to none. */
export function wrongOf(
  refusal: Refusal,
  email: string,
): Pick<InfoFormModel, 'errors' | 'suggestion'> {
  const { [SUGGESTION_FIELD]: suggested, ...fields } = refusal.fields;
  const suggestion: Suggestion | null =
    suggested === undefined ? null : { typed: email, suggested };
  const ofField = Object.keys(fields).some((name) => ['email', 'phone', 'code'].includes(name));
  return { errors: ofField ? fields : { form: refusal.message }, suggestion };
}

function countriesOf(phones: PhoneNumbers, language: Language): InfoFormModel['countries'] {
  return phones.countries(language).map(({ code, name, callingCode }) => {
    return { code, name, dialCode: callingCode.replace(/^\+/, '') };
  });
}

export function codeFormModel(
  subject: ShownSubject,
  token: string,
  telephony: Telephony,
  words: {
    readonly errors: ReadonlyMap<ChannelKind, string>;
    readonly notice: string | null;
    readonly problem: string | null;
  },
): CodeFormModel {
  const paths = pathsOf(token);
  return {
    ...ownerOf(subject, token),
    action: paths.codes,
    resendAction: paths.resend,
    changeHref: paths.change,
    channels: channelsOf(subject)
      .flatMap((record) => presentChannel(telephony, record))
      .map((shown): CodeChannel => {
        const asks = shown.status === 'waiting' || shown.status === 'ask';
        return {
          ...shown,
          error: asks ? (words.errors.get(shown.kind) ?? null) : null,
          removeHref: shown.status === 'waiting' ? paths.remove(shown.kind) : null,
          mayCall: shown.kind === 'sms' && !shown.spoken && telephony.voice.available,
        };
      }),
    notice: words.notice,
    problem: words.problem,
  };
}

export function doneModel(
  subject: ShownSubject,
  token: string,
  telephony: Telephony,
  portalUrl: string,
  notice: string | null,
): DoneModel {
  const paths = pathsOf(token);
  const channels = channelsOf(subject).flatMap((record) => presentChannel(telephony, record));
  const several = new Set(channels.map(({ kind }) => kind)).size > 1;
  return {
    ...ownerOf(subject, token),
    channels: channels.map((shown) => ({
      ...shown,
      preferred: several && !shown.isNew && shown.kind === subject.preference?.preferred,
    })),
    portalHost: new URL(portalUrl).host,
    changeHref: paths.change,
    codeHref: paths.codes,
    notice,
  };
}

export function changeMenuModel(subject: ShownSubject, token: string): ChangeMenuModel {
  const paths = pathsOf(token);
  const held = new Map(channelsOf(subject).map((record) => [record.kind, record]));
  return {
    ...ownerOf(subject, token),
    channels: KINDS.map((kind) => {
      const record = held.get(kind);
      return {
        kind,
        masked: record === undefined ? null : maskedValue(record),
        changeHref: paths.changeOf(kind),
        removeHref: record === undefined ? null : paths.changeOf(`remove-${kind}`),
      };
    }),
    preferHref: held.size > 1 ? paths.changeOf('prefer') : null,
    doneHref: paths.done,
  };
}

export function changeFormModel(
  subject: ShownSubject,
  token: string,
  { phones, voice }: Telephony,
  page: Pick<ChangeFormModel, 'values' | 'errors' | 'suggestion' | 'notice'> & {
    readonly word: ChangeWord;
    readonly what: ChangeWhat;
    readonly now: number;
  },
): ChangeFormModel {
  const { now, word, ...shown } = page;
  const paths = pathsOf(token);
  const proven = subject.channels
    .filter(({ channel }) => isProven(channel))
    .map((record) => ({ kind: record.kind, masked: maskedValue(record) }));
  const { proof } = subject;
  const via = isProofOpen(proof, now) ? proof.via : null;
  return {
    ...ownerOf(subject, token),
    ...shown,
    proven,
    sentTo: proven.find(({ kind }) => kind === via)?.masked ?? null,
    proofAction: paths.proofOf(word),
    action: paths.changeOf(word),
    backHref: paths.done,
    countries: countriesOf(phones, subject.language),
    calls: voice.available,
  };
}

export function removeFormModel(
  subject: ShownSubject,
  token: string,
  kind: ChannelKind,
  problem: string | null,
): RemoveFormModel | null {
  const record = channelsOf(subject).find((candidate) => candidate.kind === kind);
  const waiting = record === undefined ? null : waitingOf(record.channel);
  if (waiting === null) return null;
  const paths = pathsOf(token);
  return {
    ...ownerOf(subject, token),
    kind,
    masked: mask(kind, waiting.value),
    action: paths.remove(kind),
    backHref: paths.codes,
    word: REMOVE_WORDS[subject.language],
    problem,
  };
}

function ownerOf({ language, organisation, user }: ShownSubject, token: string): PageOwner {
  return {
    language,
    address: pathsOf(token).form,
    organisation: organisation.name,
    maskedAddress: maskAddress(user.primaryAddress),
    helpdesk: organisation.helpdesk,
  };
}

/** What is proven, and beside it what shall take its place. */
function presentChannel(telephony: Telephony, record: ChannelRecord): readonly ShownChannel[] {
  const { channel, kind } = record;
  if (channel.state === 'removed') return [];
  const next = isProven(channel) ? (channel.next ?? null) : null;
  const own: ShownChannel = {
    kind,
    spoken: isSpoken(telephony, kind, channel.value),
    masked: mask(kind, channel.value),
    status: statusOf(record, next !== null),
    isNew: false,
    note: noteOf(kind, record),
  };
  if (next === null) return [own];
  const masked = mask(kind, next.value);
  const spoken = isSpoken(telephony, kind, next.value);
  return [own, { kind, spoken, masked, status: 'waiting', isNew: true, note: noteOf(kind, next) }];
}

/** Takes no text messages, and is called. */
function isSpoken({ phones }: Telephony, kind: ChannelKind, value: string): boolean {
  if (kind !== 'sms') return false;
  const reading = phones.read(value, '');
  return reading.ok && !reading.canReceiveSms && reading.canBeCalled;
}

function statusOf({ channel }: ChannelRecord, isReplaced: boolean): ShownChannel['status'] {
  switch (channel.state) {
    case 'given':
      return channel.challenge === null ? 'ask' : 'waiting';
    case 'stale':
      if (isReplaced) return 'verified';
      return channel.challenge ? 'waiting' : 'ask';
    case 'verified':
      return 'verified';
    case 'opted-out':
    case 'removed':
      return 'opted-out';
  }
}

export function maskedValue({ channel, kind }: ChannelRecord): string {
  return channel.state === 'removed' ? '' : mask(kind, channel.value);
}

function mask(kind: ChannelKind, value: string): string {
  return kind === 'sms' ? maskPhone(value) : maskAddress(value);
}

function noteOf(
  kind: ChannelKind,
  { shared, weak }: { readonly shared: boolean; readonly weak: boolean },
): ShownChannel['note'] {
  if (kind === 'email') return weak ? 'weak' : 'independent';
  return shared ? 'shared' : 'none';
}
