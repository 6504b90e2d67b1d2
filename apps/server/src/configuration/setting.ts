import { parseIpRange } from '@holdfast/domain';

/** One setting: an environment variable, how it is read, and what the reference page says of it. */
export interface Setting<T> {
  readonly name: string;
  readonly summary: string;
  /** As shown in the reference; the value itself comes from `fallback`. */
  readonly defaultWords: string;
  readonly example: string;
  /** Never printed, and shown as `(set)`. */
  readonly secret: boolean;
  readonly fallback: T;
  /** The value, or a sentence that says what is wrong with the text. */
  readonly read: (
    text: string,
  ) => { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };
}

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const no = (why: string): { readonly ok: false; readonly why: string } => ({
  ok: false,
  why,
});

type Words = {
  readonly name: string;
  readonly summary: string;
  readonly example: string;
  readonly defaultWords?: string;
  readonly secret?: boolean;
};

export function setting<T>(words: Words, fallback: T, read: Setting<T>['read']): Setting<T> {
  return {
    name: words.name,
    summary: words.summary,
    example: words.example,
    defaultWords: words.defaultWords ?? (fallback === null ? 'none' : String(fallback)),
    secret: words.secret ?? false,
    fallback,
    read,
  };
}

export const text = (words: Words, fallback: string | null = null): Setting<string | null> =>
  setting(words, fallback, (value) => ok(value));

export const port = (words: Words, fallback: number): Setting<number> =>
  setting(words, fallback, (value) => {
    const number = Number(value);
    return /^\d{1,5}$/.test(value) && number <= 65_535
      ? ok(number)
      : no('it must be a port number from 0 to 65535');
  });

export const whole = (
  words: Words,
  fallback: number,
  least: number,
  most: number,
): Setting<number> =>
  setting(words, fallback, (value) => {
    const number = Number(value);
    return /^\d{1,15}$/.test(value) && number >= least && number <= most
      ? ok(number)
      : no(`it must be a whole number from ${least} to ${most}`);
  });

export const url = (words: Words, fallback: string | null = null): Setting<string | null> =>
  setting(words, fallback, (value) => {
    const parsed = URL.parse(value);
    return parsed !== null && /^https?:$/.test(parsed.protocol)
      ? ok(value.replace(/\/$/, ''))
      : no('it must be a URL that starts with http:// or https://');
  });

export const list = (words: Words, fallback: readonly string[]): Setting<readonly string[]> =>
  setting(
    { defaultWords: fallback.length === 0 ? 'none' : fallback.join(', '), ...words },
    fallback,
    (value) => {
      const parts = value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
      return parts.length > 0 ? ok(parts) : no('it must be a list with commas between its parts');
    },
  );

export const ranges = (words: Words, fallback: readonly string[]): Setting<readonly string[]> => {
  const plain = list(words, fallback);
  return {
    ...plain,
    read(value) {
      const parts = plain.read(value);
      if (!parts.ok) return parts;
      const wrong = parts.value.find((part) => parseIpRange(part) === null);
      return wrong === undefined ? parts : no(`“${wrong}” is no address and no range of them`);
    },
  };
};

export const choice = <const T extends string>(
  words: Words,
  fallback: T,
  values: readonly T[],
): Setting<T> =>
  setting(words, fallback, (value) => {
    const found = values.find((candidate) => candidate === value);
    return found === undefined ? no(`it must be one of ${values.join(', ')}`) : ok(found);
  });
