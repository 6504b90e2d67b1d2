import type { ChannelKind } from '@holdfast/domain';

/** What a change form is about, as it stands in its address. */
export const CHANGE_WORDS = ['sms', 'email', 'remove-sms', 'remove-email', 'prefer'] as const;
export type ChangeWord = (typeof CHANGE_WORDS)[number];

interface InfoPaths {
  readonly form: string;
  readonly change: string;
  readonly codes: string;
  readonly resend: string;
  readonly done: string;
  changeOf(word: ChangeWord): string;
  proofOf(word: ChangeWord): string;
  remove(kind: ChannelKind): string;
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
    changeOf: (word) => `${form}/change/${word}`,
    proofOf: (word) => `${form}/change/${word}/proof`,
    remove: (kind) => `${form}/remove/${kind}`,
  };
}
