import { describe, expect, it } from 'vitest';
import { directSenders, type TracedMessage } from './direct-senders.ts';

const facts = {
  ourAddresses: ['198.51.100.0/28'],
  domains: ['contoso.example'],
  initialDomain: 'contoso.onmicrosoft.com',
};
const traced = (change: Partial<TracedMessage>): TracedMessage => ({
  sender: 'mona@fabrikam.example',
  recipient: 'adele@contoso.example',
  fromIp: '203.0.113.9',
  receivedAt: 1000,
  ...change,
});

describe('who still sends directly', () => {
  it('is grouped by address and sender, most mail first, with what it probably is', () => {
    const rows = [
      traced({}),
      traced({ receivedAt: 5000 }),
      traced({ fromIp: '192.0.2.4', sender: 'scanner@CONTOSO.example' }),
      traced({ fromIp: '192.0.2.5', recipient: 'adele@contoso.onmicrosoft.com' }),
    ];
    expect(directSenders(rows, facts)).toEqual([
      {
        fromIp: '203.0.113.9',
        senderDomain: 'fabrikam.example',
        messages: 2,
        lastAt: 5000,
        hint: 'old-mx',
      },
      expect.objectContaining({ fromIp: '192.0.2.4', hint: 'own-device' }),
      expect.objectContaining({ fromIp: '192.0.2.5', hint: 'initial-domain' }),
    ]);
  });

  it('leaves out what came through us, what began inside, and what left', () => {
    const rows = [
      traced({ fromIp: '198.51.100.3' }),
      traced({ fromIp: '' }),
      traced({ recipient: 'somebody@fabrikam.example' }),
    ];
    expect(directSenders(rows, facts)).toEqual([]);
  });
});
