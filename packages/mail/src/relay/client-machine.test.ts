import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createClientMachine,
  type ClientMachine,
  type ClientStep,
  type TlsUse,
} from './client-machine.ts';
import type { TransactionRequest, TransactionResult } from './client-transaction.ts';
import { network } from './outcome.ts';

const request: TransactionRequest = {
  from: 'a@outside.example',
  recipients: ['megan@contoso.example', 'alex@contoso.example'],
  bodyType: '8BITMIME',
  smtpUtf8: false,
  size: 100,
};

function ready(extensions: readonly string[], tls: TlsUse = 'may'): ClientMachine {
  const machine = createClientMachine({ helo: 'mx.holdfast.example', tls });
  machine.receive(Buffer.from('220 mx\r\n'));
  const lines = ['mx', ...extensions];
  const said = lines.map(
    (line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}\r\n`,
  );
  machine.receive(Buffer.from(said.join('')));
  return machine;
}

const say = (machine: ClientMachine, text: string): readonly ClientStep[] =>
  machine.receive(Buffer.from(text));

const written = (steps: readonly ClientStep[]): string =>
  steps.map((step) => (step.kind === 'write' ? step.text : '')).join('');

function resultOf(steps: readonly ClientStep[]): TransactionResult {
  const settled = steps.find((step) => step.kind === 'settled');
  if (settled === undefined) throw new Error(`not settled: ${JSON.stringify(steps)}`);
  return settled.result;
}

const codes = (result: TransactionResult): readonly (number | string)[] =>
  request.recipients.map((recipient) => {
    const outcome = result.outcomes.get(recipient);
    return outcome?.kind === 'reply' ? outcome.code : (outcome?.failure ?? 'none');
  });

describe('pipelining', () => {
  test('all commands go in one write, the message after the 354 (RFC 2920)', () => {
    const machine = ready(['PIPELINING', 'SIZE 1000', '8BITMIME']);
    expect(written(machine.submit(request))).toBe(
      'MAIL FROM:<a@outside.example> SIZE=100 BODY=8BITMIME\r\n' +
        'RCPT TO:<megan@contoso.example>\r\nRCPT TO:<alex@contoso.example>\r\nDATA\r\n',
    );
    expect(say(machine, '250 ok\r\n250 ok\r\n')).toEqual([]);
    expect(say(machine, '550 5.1.1 no\r\n354 go\r\n')).toEqual([{ kind: 'body' }]);
    machine.bodySent();
    const result = resultOf(say(machine, '250 queued\r\n'));
    expect(codes(result)).toEqual([250, 550]);
    expect(result.reusable).toBe(true);
  });

  test('a host without it is asked line by line, and DATA never when nobody is left', () => {
    const machine = ready([]);
    expect(written(machine.submit(request))).toBe('MAIL FROM:<a@outside.example>\r\n');
    expect(written(say(machine, '250 ok\r\n'))).toBe('RCPT TO:<megan@contoso.example>\r\n');
    expect(written(say(machine, '450 4.2.1 later\r\n'))).toBe('RCPT TO:<alex@contoso.example>\r\n');
    expect(codes(resultOf(say(machine, '550 5.1.1 no\r\n')))).toEqual([450, 550]);
    expect(written(machine.submit(request))).toBe('RSET\r\n');
    expect(written(say(machine, '250 ok\r\n'))).toBe('MAIL FROM:<a@outside.example>\r\n');
  });

  test('the name for reports goes only to a host that carries it (RFC 3461)', () => {
    const named = { ...request, size: null, envelopeId: '0199b2a0-0000-7000-8000-0000000000f1' };
    expect(written(ready(['DSN']).submit(named))).toBe(
      'MAIL FROM:<a@outside.example> ENVID=0199b2a0-0000-7000-8000-0000000000f1\r\n',
    );
    expect(written(ready(['SIZE']).submit(named))).toBe('MAIL FROM:<a@outside.example>\r\n');
    expect(written(ready(['DSN']).submit({ ...request, size: null }))).not.toContain('ENVID');
  });

  test('after the final dot the next message needs no RSET, after refused recipients it has one in the same write', () => {
    const machine = ready(['PIPELINING']);
    machine.submit(request);
    say(machine, '250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n');
    machine.bodySent();
    say(machine, '451 4.3.0 not now\r\n');
    expect(written(machine.submit(request))).toMatch(/^MAIL/);
    const refused = say(machine, '250 ok\r\n550 no\r\n550 no\r\n554 no valid recipients\r\n');
    expect(codes(resultOf(refused))).toEqual([550, 550]);
    expect(written(machine.submit(request))).toMatch(/^RSET\r\nMAIL/);
  });

  test('a DATA that is granted although all were refused gets an empty message to nobody', () => {
    const machine = ready(['PIPELINING']);
    machine.submit(request);
    expect(written(say(machine, '250 ok\r\n550 no\r\n550 no\r\n354 go\r\n'))).toBe('.\r\n');
    expect(codes(resultOf(say(machine, '250 ok\r\n')))).toEqual([550, 550]);
  });

  test('after a refused MAIL the answers to the rest say nothing', () => {
    const machine = ready(['PIPELINING']);
    machine.submit(request);
    const steps = say(machine, '451 4.7.500 busy\r\n503 order\r\n503 order\r\n503 order\r\n');
    expect(codes(resultOf(steps))).toEqual([451, 451]);
  });
});

describe('a host that has lost count', () => {
  test.each([
    ['a yes to DATA', '250 a\r\n250 b\r\n250 c\r\n250 d\r\n'],
    ['a 354 to MAIL', '354 go\r\n'],
    ['a 354 to RCPT', '250 a\r\n354 go\r\n'],
    ['garbage', '250 a\r\n250 b\r\nHTTP/1.1 200 OK\r\n'],
    ['a yes before the end of the message', '250 a\r\n250 b\r\n250 c\r\n354 d\r\n250 e\r\n'],
  ])('%s is no delivery', (_what, answers) => {
    const machine = ready(['PIPELINING']);
    machine.submit(request);
    const result = resultOf(say(machine, answers));
    expect(codes(result)).toEqual(['dropped', 'dropped']);
    expect(result.reusable).toBe(false);
  });

  test('a refusal before the end of the message counts', () => {
    const machine = ready(['PIPELINING']);
    machine.submit(request);
    const result = resultOf(
      say(machine, '250 a\r\n250 b\r\n250 c\r\n354 d\r\n552 5.3.4 too big\r\n'),
    );
    expect(codes(result)).toEqual([552, 552]);
    expect(result.reusable).toBe(false);
  });

  test('421 is the answer for everyone who has none, and ends the session', () => {
    const machine = ready(['PIPELINING']);
    machine.submit(request);
    expect(say(machine, '250 a\r\n421 4.3.2 leaving\r\n')).toEqual([]);
    const result = resultOf(machine.lost(network('dropped', 'gone')));
    expect(codes(result)).toEqual([421, 421]);
    expect(result).toMatchObject({ reusable: false, unanswered: false });
  });

  test('421 to one of several pipelined recipients leaves the others their own answers', () => {
    const machine = ready(['PIPELINING']);
    machine.submit(request);
    const result = resultOf(say(machine, '250 a\r\n421 b\r\n550 c\r\n554 d\r\n'));
    expect(codes(result)).toEqual([421, 550]);
    expect(result.reusable).toBe(false);
  });

  test('only one who answered nothing, or that it is leaving, has not answered', () => {
    for (const [answers, unanswered] of [
      ['', true],
      ['421 idle\r\n', true],
      ['250 ok\r\n', false],
    ] as const) {
      const machine = ready(['PIPELINING']);
      machine.submit(request);
      const steps = say(machine, answers);
      const result =
        steps.length > 0 ? resultOf(steps) : resultOf(machine.lost(network('dropped', 'x')));
      expect(result.unanswered).toBe(unanswered);
    }
  });
});

describe('STARTTLS', () => {
  const start = (tls: TlsUse): ClientMachine => ready(['STARTTLS', 'PIPELINING'], tls);

  test('forgets what was said before, whatever came in the same breath (response injection)', () => {
    const machine = start('must');
    expect(say(machine, '220 go\r\n250 injected\r\n250-half')).toEqual([{ kind: 'start-tls' }]);
    expect(say(machine, '250 more\r\n')).toEqual([]);
    expect(written(machine.secured())).toBe('EHLO mx.holdfast.example\r\n');
    expect(say(machine, '250 mx\r\n')).toMatchObject([
      { kind: 'ready', capabilities: { pipelining: false } },
    ]);
  });

  test('refused or not offered: nothing goes in clear where it is a must', () => {
    expect(say(start('must'), '454 4.7.0 not now\r\n')).toMatchObject([
      { kind: 'ended', outcome: { failure: 'tls' } },
    ]);
    const machine = createClientMachine({ helo: 'x', tls: 'must' });
    say(machine, '220 mx\r\n');
    expect(say(machine, '250 mx\r\n')).toMatchObject([
      { kind: 'ended', outcome: { failure: 'tls' } },
    ]);
    const old = createClientMachine({ helo: 'x', tls: 'must' });
    say(old, '220 mx\r\n');
    expect(written(say(old, '502 no EHLO\r\n'))).toBe('HELO x\r\n');
    expect(say(old, '250 mx\r\n')).toMatchObject([{ kind: 'ended', outcome: { failure: 'tls' } }]);
  });

  test('refused: the conversation goes on in clear where it is not', () => {
    expect(say(start('may'), '454 4.7.0 not now\r\n')).toMatchObject([{ kind: 'ready' }]);
  });

  test('a handshake that fails is a failure of TLS', () => {
    const machine = start('may');
    say(machine, '220 go\r\n');
    expect(machine.lost(network('dropped', 'bad certificate'))).toEqual([
      { kind: 'ended', outcome: network('tls', 'bad certificate') },
    ]);
  });
});

describe('whatever a host says', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '250 ok',
      '250-ok',
      '354 go',
      '421 bye',
      '451 x',
      '550 x',
      '220 x',
      '',
      'x',
      '250',
    ),
    fc.string({ maxLength: 20 }),
  );

  test('nothing throws, every transaction settles once, and nobody is delivered without 2xx after the dot', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.boolean(), (lines, pipelining) => {
        const machine = ready(pipelining ? ['PIPELINING'] : []);
        const steps: ClientStep[] = [...machine.submit(request)];
        let dotted = false;
        let yes = false;
        for (const text of lines) {
          const more = say(machine, `${text}\r\n`);
          steps.push(...more);
          if (dotted && /^2\d\d(?: |$)/.test(text)) yes = true;
          if (more.some(({ kind }) => kind === 'body')) {
            machine.bodySent();
            dotted = true;
          }
        }
        steps.push(...machine.lost(network('dropped', 'end')));
        const results = steps.filter((step) => step.kind === 'settled');
        expect(results).toHaveLength(1);
        const delivered = codes(resultOf(results)).some(
          (code) => typeof code === 'number' && code < 300,
        );
        expect(delivered && !yes).toBe(false);
        expect(codes(resultOf(results))).not.toContain('none');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('signing in at a smart host', () => {
  const login = { user: 'holdfast', password: 'pässword' };

  function secured(offers: string, tls: TlsUse = 'must') {
    const machine = createClientMachine({ helo: 'mx.holdfast.example', tls, login });
    machine.receive(Buffer.from('220 smart\r\n'));
    machine.receive(Buffer.from('250-smart\r\n250 STARTTLS\r\n'));
    machine.receive(Buffer.from('220 go\r\n'));
    machine.secured();
    return { machine, steps: say(machine, `250-smart\r\n250 ${offers}\r\n`) };
  }
  const line = (text: string): string => Buffer.from(text).toString('base64');

  test('PLAIN in one line, and the session is ready with 235', () => {
    const { machine, steps } = secured('AUTH LOGIN PLAIN');
    expect(written(steps)).toBe(`AUTH PLAIN ${line('\0holdfast\0pässword')}\r\n`);
    expect(say(machine, '235 2.7.0 welcome\r\n')).toMatchObject([{ kind: 'ready' }]);
  });

  test('LOGIN where PLAIN is not offered, each part when it is asked for', () => {
    const { machine, steps } = secured('AUTH login');
    expect(written(steps)).toBe('AUTH LOGIN\r\n');
    expect(written(say(machine, '334 VXNlcm5hbWU6\r\n'))).toBe(`${line('holdfast')}\r\n`);
    expect(written(say(machine, '334 UGFzc3dvcmQ6\r\n'))).toBe(`${line('pässword')}\r\n`);
    expect(say(machine, '235 welcome\r\n')).toMatchObject([{ kind: 'ready' }]);
  });

  test.each(['535 5.7.8 wrong', '334 again', '454 4.7.0 later'])(
    '%s ends the session; no message bounces for a wrong password',
    (answer) => {
      const { machine } = secured('AUTH PLAIN');
      expect(say(machine, `${answer}\r\n`)).toMatchObject([
        { kind: 'ended', outcome: { kind: 'network', failure: 'dropped' } },
      ]);
    },
  );

  test('nothing is said where neither is offered, or where TLS is not required', () => {
    expect(secured('SIZE').steps).toMatchObject([{ kind: 'ended' }]);
    const { steps } = secured('AUTH PLAIN', 'may');
    expect(steps).toMatchObject([{ kind: 'ended', outcome: { failure: 'tls' } }]);
    const clear = createClientMachine({ helo: 'mx.holdfast.example', tls: 'never', login });
    clear.receive(Buffer.from('220 smart\r\n'));
    expect(say(clear, '250-smart\r\n250 AUTH PLAIN\r\n')).toMatchObject([{ kind: 'ended' }]);
  });
});
