import { indexSnapshot, type FilterLists, type SenderAuthentication } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import type { Log } from '../ports/log.ts';
import type { AcceptedRecipient, MessageBody, ReceivedMessage } from '../ports/reception.ts';
import type { CheckedSender } from '../ports/sender-authentication.ts';
import { SpoolRefusedError, type SpoolRecordHead, type StagedBody } from '../ports/spool.ts';
import { acceptMessage, type AcceptMessageOptions } from './accept-message.ts';

const PASSES: SenderAuthentication = {
  spf: 'pass',
  dkim: 'none',
  dmarc: 'pass',
  dmarcPolicy: 'none',
};
const SPOOF: SenderAuthentication = {
  spf: 'fail',
  dkim: 'none',
  dmarc: 'fail',
  dmarcPolicy: 'reject',
};
const BODY = Uint8Array.from('Subject: x\r\n\r\nbody\r\n', (character) => character.charCodeAt(0));

const listing = (kind: 'allow' | 'block'): FilterLists => ({
  entries: [{ kind, type: 'range', value: '192.0.2.1' }],
});

/** Contoso has no lists; Fabrikam blocks the client, Adatum allows it. */
const INDEX = indexSnapshot({
  version: 7,
  writtenAt: 0,
  domains: ['contoso', 'fabrikam', 'adatum'].map((name) => ({
    name: `${name}.example`,
    organisationId: name,
    nextHops: [],
    completeness: 'complete',
    syncedAt: 0,
    filterMode: 'none',
    trustedHops: [],
  })),
  recipients: [],
  lists: { fabrikam: listing('block'), adatum: listing('allow') },
  scopedLists: [
    {
      domain: null,
      addresses: ['diego@contoso.example', 'diego.siciliani@contoso.example'],
      entries: [{ kind: 'block', type: 'domain-only', value: 'outside.example' }],
    },
    {
      domain: 'adatum.example',
      addresses: [],
      entries: [{ kind: 'block', type: 'address', value: 'blocked@outside.example' }],
    },
  ],
  organisationKeys: {},
});

function recipient(organisationId: string, isProtected = true): AcceptedRecipient {
  const address = `megan@${organisationId}.example`;
  return { address, organisationId, kind: 'user', protected: isProtected };
}

function message(organisations: readonly string[], body: MessageBody = BODY): ReceivedMessage {
  return {
    session: {
      id: 's',
      clientIp: '192.0.2.1',
      helo: 'mail.outside.example',
      protocol: 'ESMTP',
      tls: 'TLSv1.3 TLS_AES_256_GCM_SHA384',
    },
    from: 'a@outside.example',
    recipients: organisations.map((name) => recipient(name)),
    bodyType: '7BIT',
    smtpUtf8: false,
    body,
  };
}

// oxlint-disable-next-line require-await
async function* pieces(): AsyncGenerator<Uint8Array> {
  yield BODY;
}

function mx(
  authentication: SenderAuthentication | null,
  changes: Partial<AcceptMessageOptions> = {},
) {
  const records: { readonly head: SpoolRecordHead; readonly body: Uint8Array | StagedBody }[] = [];
  const discarded: string[] = [];
  const logged: string[] = [];
  const write = (text: string): number => logged.push(text);
  const log: Log = { debug: write, info: write, warn: write, error: write, child: () => log };
  let ids = 0;
  const checked: CheckedSender = {
    authentication,
    resultsHeader: 'mx.holdfast.example; spf=pass',
    headerFrom: 'a@outside.example',
  };
  const options: AcceptMessageOptions = {
    index: () => INDEX,
    hostname: 'mx.holdfast.example',
    filters: [],
    authenticator: {
      begin: () => ({
        take: () => undefined,
        finish: () => Promise.resolve(checked),
        abandon: () => undefined,
      }),
    },
    spool: {
      instance: 'mx',
      async stage(staged, body) {
        let length = 0;
        for await (const piece of body) length += piece.length;
        return { kind: 'staged', message: staged, name: staged.id, length, crc: 0 } as StagedBody;
      },
      discard: ({ name }) => {
        discarded.push(name);
        return Promise.resolve();
      },
      append: (head, body) => {
        records.push({ head, body });
        return Promise.resolve({ instance: 'mx', segment: 's', offset: 0, length: 0 });
      },
      close: () => Promise.resolve(),
    },
    clock: { now: () => Date.UTC(2026, 10, 25, 18, 0, 0) },
    identifiers: {
      uuid: () => `id-${(ids += 1)}`,
      derived: (id) => id,
      bytes: (count) => new Uint8Array(count),
      fraction: () => 0,
    },
    log,
    ...changes,
  };
  const accept = (what: ReceivedMessage) => acceptMessage(options, what);
  return { accept, records, discarded, logged };
}

describe('an accepted message', () => {
  test('is kept with its envelope, under our trace headers', async () => {
    const { accept, records } = mx(PASSES);
    const one = message(['contoso']);
    expect(await accept(one)).toMatchObject({ code: 250, text: 'Accepted as id-1' });
    expect(records).toHaveLength(1);
    expect(records[0]?.head).toMatchObject({
      id: 'id-1',
      class: 'copy',
      organisationId: 'contoso',
      envelope: { from: 'a@outside.example', senderAuthenticated: true },
      snapshotVersion: 7,
    });
    expect(records[0]?.head.traceHeaders).toBe(
      [
        'Received: from mail.outside.example ([192.0.2.1])',
        '\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384)',
        '\tby mx.holdfast.example with ESMTPS id id-1',
        '\tfor <megan@contoso.example>;',
        '\tWed, 25 Nov 2026 18:00:00 +0000',
        'Authentication-Results: mx.holdfast.example; spf=pass',
        'X-Holdfast-Verdict: deliver; reason=clean',
        '',
      ].join('\r\n'),
    );
  });

  test.each([
    [{ protocol: 'SMTP', tls: null }, false, 'with SMTP id'],
    [{ tls: null }, true, 'with UTF8SMTP id'],
    [{}, true, 'with UTF8SMTPS id'],
    [{ clientIp: '2001:db8::1' }, false, '([IPv6:2001:db8::1])'],
    [{ helo: 'x) forged; (\r\nX: y' }, false, 'from x??forged????'],
    [{ helo: '' }, false, 'from unknown ('],
  ] as const)('says in Received how it came: %o', async (changes, smtpUtf8, expected) => {
    const { accept, records } = mx(PASSES);
    const plain = message(['contoso']);
    await accept({ ...plain, session: { ...plain.session, ...changes }, smtpUtf8 });
    const headers = records[0]?.head.traceHeaders ?? '';
    expect(headers).toContain(expected);
    expect(headers.match(/^Received:/gm)).toHaveLength(1);
    expect(headers.match(/^[\w-]+:/gm)).toHaveLength(3);
  });

  test('that nobody protected gets is in transit only', async () => {
    const { accept, records } = mx(PASSES);
    await accept({ ...message([]), recipients: [recipient('contoso', false)] });
    expect(records[0]?.head.class).toBe('transit');
  });
});

describe('recipients that are judged differently', () => {
  test('get a record each, so that nobody’s header says another’s verdict', async () => {
    const { accept, records } = mx(SPOOF);
    const answer = await accept(message(['contoso', 'adatum', 'fabrikam']));
    expect(answer).toMatchObject({ code: 250, text: 'Accepted as id-1' });
    expect(
      records.map(({ head }) => [
        head.id,
        head.organisationId,
        head.envelope.recipients.map(({ verdict, reason }) => `${verdict} ${reason}`),
        /X-Holdfast-Verdict: (\S+); reason=(\S+)/.exec(head.traceHeaders)?.slice(1).join(' '),
      ]),
    ).toEqual([
      ['id-1', 'contoso', ['quarantine dmarc-reject'], 'quarantine dmarc-reject'],
      ['id-2', 'adatum', ['deliver allow-list'], 'deliver allow-list'],
      ['id-3', 'fabrikam', ['quarantine block-list'], 'quarantine block-list'],
    ]);
  });

  test('share the record of a big body, whose header says the strictest of what goes on', async () => {
    const softfail = { ...PASSES, spf: 'softfail', dmarc: 'none' } as const;
    const { accept, records } = mx(softfail);
    await accept(message(['adatum', 'contoso', 'fabrikam'], pieces()));
    expect(records).toHaveLength(1);
    expect(records[0]?.head.traceHeaders).toContain('X-Holdfast-Verdict: tag; reason=spf-softfail');
    expect(records[0]?.head.envelope.recipients.map(({ verdict }) => verdict)).toEqual([
      'deliver',
      'tag',
      'quarantine',
    ]);
  });

  test('are judged by their own lists too, whichever of their addresses is used', async () => {
    const { accept, records } = mx(PASSES);
    const to = ['megan', 'diego', 'diego.siciliani', 'diego+news'].map((local) => ({
      ...recipient('contoso'),
      address: `${local}@contoso.example`,
    }));
    await accept({ ...message([]), recipients: to });
    const judged = records.flatMap(({ head }) =>
      head.envelope.recipients.map(({ address, verdict, reason }) => [address, verdict, reason]),
    );
    expect(judged).toEqual([
      ['megan@contoso.example', 'deliver', 'clean'],
      ['diego@contoso.example', 'junk', 'user-block-list'],
      ['diego.siciliani@contoso.example', 'junk', 'user-block-list'],
      ['diego+news@contoso.example', 'junk', 'user-block-list'],
    ]);
  });

  test('of a domain are judged by its lists beside the organisation’s', async () => {
    const { accept } = mx(PASSES);
    const from = { ...message(['adatum']), from: 'blocked@outside.example' };
    expect(await accept(from)).toMatchObject({ code: 550 });
    expect(await accept(message(['adatum']))).toMatchObject({ code: 250 });
  });

  test('that all reject are told so, and nothing is kept', async () => {
    const { accept, records, discarded } = mx(SPOOF);
    expect(await accept(message(['contoso', 'fabrikam'], pieces()))).toMatchObject({ code: 550 });
    expect(records).toEqual([]);
    expect(discarded).toEqual(['id-1']);
  });
});

describe('any doubt is 451', () => {
  test('without a snapshot', async () => {
    const { accept } = mx(PASSES, { index: () => null });
    expect(await accept(message(['contoso']))).toMatchObject({ code: 451 });
  });

  test('when the spool refuses; 452 when it has no room', async () => {
    const { accept } = mx(PASSES);
    const refusing = (reason: 'disk-reserve' | 'write-failed') =>
      mx(PASSES, {
        spool: {
          instance: 'mx',
          stage: () => Promise.reject(new SpoolRefusedError(reason, 'no')),
          discard: () => Promise.resolve(),
          append: () => Promise.reject(new SpoolRefusedError(reason, 'no')),
          close: () => Promise.resolve(),
        },
      });
    expect(await accept(message(['contoso']))).toMatchObject({ code: 250 });
    for (const body of [BODY, pieces()]) {
      const failed = refusing('write-failed').accept(message(['contoso'], body));
      expect(await failed).toMatchObject({ code: 451, enhanced: '4.3.0' });
    }
    const full = refusing('disk-reserve').accept(message(['contoso']));
    expect(await full).toMatchObject({ code: 452, enhanced: '4.3.1' });
  });

  test('when judging fails; a body that no record names is removed', async () => {
    const broken = { ...INDEX, lists: () => expect.unreachable() as never };
    const { accept, discarded } = mx(PASSES, { index: () => broken });
    expect(await accept(message(['contoso'], pieces()))).toMatchObject({ code: 451 });
    expect(discarded).toEqual(['id-1']);
  });
});
