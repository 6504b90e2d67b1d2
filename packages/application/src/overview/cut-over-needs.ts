import type { LockDownFacts } from '../cut-over/read-cut-over.ts';
import type { CutOverRecord, UninstallationRecord } from '../records/cut-over.ts';
import type { Need } from './needs.ts';

export interface CutOverFacts {
  readonly records: readonly CutOverRecord[];
  /** Domains whose mail Office 365 refuses now: lock-down on, MX past us. */
  readonly refused: LockDownFacts['refused'];
  readonly uninstallation: UninstallationRecord | null;
}

/** What is under way, and what is wrong with it; refused mail before everything else. */
export function cutOverNeeds({ records, refused, uninstallation }: CutOverFacts): readonly Need[] {
  return [
    ...refused.map((name): Need => {
      const title = `Office 365 refuses mail of ${name}`;
      const detail =
        'The lock-down is on, and MX leads past us. Switch the lock-down off, or point MX here again.';
      return { id: `lock-down-${name}`, level: 'problem', title, detail, href: pageOf(name) };
    }),
    ...records.flatMap(({ domain, state }) => phaseNeeds(domain, state)),
    ...(uninstallation?.state === 'stopped'
      ? [
          {
            id: 'uninstall-stopped',
            level: 'attention' as const,
            title: 'Uninstalling was stopped',
            detail: uninstallation.detail ?? 'Look what speaks against it.',
            href: '/uninstall',
          },
        ]
      : []),
  ];
}

function phaseNeeds(name: string, state: CutOverRecord['state']): readonly Need[] {
  const need = { id: `cut-over-${name}`, level: 'attention', href: pageOf(name) } as const;
  switch (state?.phase) {
    case 'preparing': {
      const lost = state.canary?.state === 'lost';
      const title = lost
        ? `The test message of ${name} has not arrived`
        : `The cut-over of ${name} is under way`;
      const detail = lost ? state.canary.detail : 'See what is measured, and what comes next.';
      return [{ ...need, title, detail }];
    }
    case 'through-us':
      return [];
    case 'way-back': {
      const title = `The way back of ${name} is under way`;
      const detail =
        state.relayUntil === null
          ? 'Lock-down off first, then MX.'
          : 'We relay what still comes; leave everything as it is until the wait is over.';
      return [{ ...need, title, detail }];
    }
    case 'back':
    case undefined:
      return [];
  }
}

function pageOf(name: string): string {
  return `/domains/${name}/cut-over`;
}
