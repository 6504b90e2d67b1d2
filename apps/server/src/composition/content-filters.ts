import type { ContentFilter, Log } from '@holdfast/application';
import type { ContentFinding } from '@holdfast/domain';
import { createClamdFilter, createRspamdFilter, type ClamdAddress } from '@holdfast/mail';
import type { Configuration } from '../configuration/read-configuration.ts';
import { filtered, outage } from './metrics.ts';

/** The filters that are configured; a virus scanner beside a spam filter, or neither. */
export function createContentFilters(
  configuration: Configuration,
  hostname: string,
  log: Log,
): readonly ContentFilter[] {
  const { rspamdUrl, clamdUrl, virusAction } = configuration;
  const watched = (filter: ContentFinding['filter']) => ({
    budgetMs: configuration.filterBudget * 1000,
    log,
    onFinding: (finding: ContentFinding) =>
      filtered.inc({ filter, advice: 'failed' in finding ? 'failed' : finding.action }),
    onOutage: watchOutage(filter, log),
  });
  return [
    ...(rspamdUrl === null
      ? []
      : [createRspamdFilter({ url: rspamdUrl, hostname, ...watched('spam') })]),
    ...(clamdUrl === null
      ? []
      : [
          createClamdFilter({
            address: addressOf(clamdUrl),
            action: virusAction,
            ...watched('virus'),
          }),
        ]),
  ];
}

/** Says once that something is gone, and once that it is back. */
export function watchOutage(of: string, log: Log): (gone: boolean) => void {
  outage.set({ of }, 0);
  return (gone) => {
    outage.set({ of }, gone ? 1 : 0);
    log.warn(gone ? 'mx does without: mail is accepted, flagged' : 'mx has it back', { of });
  };
}

/** `tcp://host:port` or `unix:/path`, as the setting has it. */
function addressOf(clamdUrl: string): ClamdAddress {
  if (clamdUrl.startsWith('unix:')) return { path: clamdUrl.slice('unix:'.length) };
  const { hostname, port } = new URL(clamdUrl);
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}
