import type { MessageFormat } from '@holdfast/application';
import { createIsolatedFormat, type FormatLimits } from '@holdfast/mail/format';
import type { Configuration } from '../configuration/read-configuration.ts';

/** Reads and writes MIME; only our own `Authentication-Results` are believed. */
export function createProcessFormat(
  configuration: Configuration,
  { threads = 1, ...limits }: Partial<FormatLimits> & { readonly threads?: number } = {},
): MessageFormat {
  const authservId = configuration.mxHostnames[0] ?? 'localhost';
  return createIsolatedFormat({ authservId, limits, threads });
}
