import type { ChannelRecord, InfoSubject, PhoneNumbers } from '@holdfast/application';
import { maskAddress, maskPhone, type ChannelKind } from '@holdfast/domain';
import type { CodeChannel, CodeFormModel } from './alternate-info/code-form.ts';
import type { DoneModel } from './alternate-info/done.ts';
import type { InfoFormModel } from './alternate-info/info-form.ts';
import type { PageOwner } from './alternate-info/page.ts';

export type InfoValues = InfoFormModel['values'];

/** Languages that our notices are written in. */
const LANGUAGES = [{ value: 'en', label: 'English' }] as const;

interface InfoPaths {
  readonly form: string;
  readonly change: string;
  readonly codes: string;
  readonly resend: string;
  readonly done: string;
  readonly remove: string;
}

/** Where the pages of one link are. */
export function pathsOf(token: string): InfoPaths {
  const form = `/info/${encodeURIComponent(token)}`;
  return {
    form,
    change: `${form}/change`,
    codes: `${form}/codes`,
    resend: `${form}/codes/resend`,
    done: `${form}/done`,
    remove: `${form}/remove`,
  };
}

/** Channels that hold something, waiting or proven. */
export function channelsOf(subject: InfoSubject): readonly ChannelRecord[] {
  return subject.channels.filter(({ channel }) => channel.state !== 'removed');
}

/** A stale channel was proven once, and has to be proven again. */
export function isWaiting({ channel }: ChannelRecord): boolean {
  return channel.state !== 'verified';
}

/** What was given before is never shown again: the link came to the work address, which others may read. */
export function blankValues(subject: InfoSubject, country: string): InfoValues {
  const { preference } = subject;
  const known = LANGUAGES.find(({ value }) => value === preference?.language);
  return {
    email: '',
    phone: '',
    country,
    preferred: preference?.preferred ?? 'sms',
    language: known?.value ?? LANGUAGES[0].value,
  };
}

export function infoFormModel(
  subject: InfoSubject,
  token: string,
  phones: PhoneNumbers,
  values: InfoValues,
  errors: InfoFormModel['errors'],
): InfoFormModel {
  return {
    ...ownerOf(subject),
    action: pathsOf(token).form,
    values,
    errors,
    countries: phones.countries().map(({ code, name, callingCode }) => {
      return { code, name, dialCode: callingCode.replace(/^\+/, '') };
    }),
    languages: LANGUAGES,
    helpdesk: null,
    emailNote: 'none',
    phoneNote: 'none',
  };
}

export function codeFormModel(
  subject: InfoSubject,
  token: string,
  words: {
    readonly errors: ReadonlyMap<ChannelKind, string>;
    readonly notice: string | null;
    readonly problem: string | null;
  },
): CodeFormModel {
  const paths = pathsOf(token);
  return {
    ...ownerOf(subject),
    action: paths.codes,
    resendAction: paths.resend,
    changeHref: paths.change,
    channels: channelsOf(subject).map((record) => ({
      ...presentChannel(record),
      error: words.errors.get(record.kind) ?? null,
    })),
    notice: words.notice,
    problem: words.problem,
  };
}

export function doneModel(
  subject: InfoSubject,
  token: string,
  portalUrl: string,
  notice: string | null,
): DoneModel {
  const paths = pathsOf(token);
  const channels = channelsOf(subject);
  return {
    ...ownerOf(subject),
    channels: channels.map((record) => ({
      ...presentChannel(record),
      preferred: channels.length > 1 && record.kind === subject.preference?.preferred,
    })),
    portalHost: new URL(portalUrl).host,
    helpdesk: null,
    changeHref: paths.change,
    codeHref: paths.codes,
    removeAction: paths.remove,
    notice,
  };
}

function ownerOf({ organisation, user }: InfoSubject): PageOwner {
  return { organisation: organisation.name, maskedAddress: maskAddress(user.primaryAddress) };
}

function presentChannel(record: ChannelRecord): Omit<CodeChannel, 'error'> {
  return {
    kind: record.kind,
    masked: maskedValue(record),
    status: isWaiting(record) ? 'waiting' : 'verified',
    note: noteOf(record),
  };
}

function maskedValue({ kind, channel }: ChannelRecord): string {
  if (channel.state === 'removed') return '';
  return kind === 'sms' ? maskPhone(channel.value) : maskAddress(channel.value);
}

function noteOf(record: ChannelRecord): CodeChannel['note'] {
  if (record.kind === 'email') return record.weak ? 'weak' : 'none';
  return record.shared ? 'shared' : 'none';
}

/** The country to begin with: of the language in the directory, else of the browser. ISO 3166-1 alpha-2. */
export function guessCountry(
  phones: PhoneNumbers,
  languages: readonly (string | null | undefined)[],
): string {
  const known = phones.countries();
  for (const language of languages) {
    const region = regionOf(language ?? '');
    if (known.some(({ code }) => code === region)) return region;
  }
  return known[0]?.code ?? '';
}

function regionOf(language: string): string {
  const [tag = ''] = language.split(/[,;]/);
  try {
    return new Intl.Locale(tag.trim()).maximize().region ?? '';
  } catch {
    return '';
  }
}
