import type { ReplyFate } from '@holdfast/domain';
import type { DomainOutbound } from '../domains/outbound-state.ts';
import type { Need } from './needs.ts';

/** What recipients would make of replies, asked before it is needed. */
export function outboundNeeds(outbound: readonly DomainOutbound[]): readonly Need[] {
  return outbound.flatMap(({ domain, state }) => {
    const { name } = domain;
    const need = { id: `outbound-${name}`, href: '/domains' };
    const failing = fateNeed(state.fate, name);
    if (failing !== null) return [{ ...need, ...failing }];
    if (state.fate === 'unknown' && domain.outbound !== null) {
      const title = `Replies from ${name} are not signed, and SPF could not be judged`;
      const detail = domain.outbound.detail ?? 'Enter the DKIM record before an outage.';
      return [{ ...need, level: 'attention' as const, title, detail }];
    }
    return [];
  });
}

function fateNeed(fate: ReplyFate, name: string): Pick<Need, 'level' | 'title' | 'detail'> | null {
  const how = 'Enter the DKIM record, or add our addresses to SPF, before an outage.';
  switch (fate) {
    case 'accepted':
    case 'unknown':
      return null;
    case 'doubted': {
      const title = `Replies from ${name} may be taken for spam`;
      return { level: 'attention', title, detail: `Neither DKIM nor SPF proves them. ${how}` };
    }
    case 'junked': {
      const title = `Replies from ${name} would land in junk folders`;
      const detail = `The domain’s own DMARC policy asks for it, and neither DKIM nor SPF proves them. ${how}`;
      return { level: 'attention', title, detail };
    }
    case 'rejected': {
      const title = `Replies from ${name} would be rejected by recipients`;
      return { level: 'problem', title, detail: `Neither DKIM nor SPF proves them. ${how}` };
    }
  }
}
