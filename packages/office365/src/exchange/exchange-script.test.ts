import { exchangeTag, NOTHING_OWNED, type DesiredExchange } from '@holdfast/domain';
import { describe, expect, it } from 'vitest';
import { exchangeScript } from './exchange-script.ts';

const desired: DesiredExchange = {
  tag: exchangeTag('0192f1c0-0000-7000-8000-000000000001'),
  certificateName: null,
  addresses: ['198.51.100.25'],
  hopsBefore: [],
  filtering: 'ours',
  junkRule: { headerName: 'X-Holdfast-Verdict', word: 'junk' },
  sealer: 'holdfast.example',
};

describe('a script', () => {
  it('is plain ASCII, whatever the machine takes a file for', () => {
    const scripts = [
      exchangeScript({ kind: 'establish', desired, owned: NOTHING_OWNED }),
      exchangeScript({
        kind: 'establish',
        desired: { ...desired, addresses: ['2001:db8::1'] },
        owned: NOTHING_OWNED,
      }),
      exchangeScript({ kind: 'lock-down', desired, on: true }),
      exchangeScript({
        kind: 'remove',
        tag: desired.tag,
        owned: { addresses: ['198.51.100.25'], sealers: ['holdfast.example'] },
      }),
    ];
    // oxlint-disable-next-line no-control-regex -- ASCII with line breaks is what is meant
    for (const script of scripts) expect(script).toMatch(/^[\n\x20-\x7e]+$/);
  });

  it('leaves the connector out when our addresses are none that Office 365 takes, and says why', () => {
    const script = exchangeScript({
      kind: 'establish',
      desired: { ...desired, addresses: ['2001:db8::1'] },
      owned: NOTHING_OWNED,
    });
    expect(script).not.toContain('New-InboundConnector');
    expect(script).toContain("Write-Warning 'Office 365 does not take 2001:db8::1.");
    expect(script).toContain('New-TransportRule');
  });
});
