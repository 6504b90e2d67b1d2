import { describe, expect, test } from 'vitest';
import { sessionHarness, sessionOptions, type Harness } from '../testing/session-harness.ts';
import { createHopGuard } from './hop-guard.ts';
import { WHOLE_BODY_LIMIT } from './message-intake.ts';
import { MAX_ERRORS, MAX_IDLE_COMMANDS, SessionMachine } from './session-machine.ts';
import { MAX_COMMAND_LINE } from './session-input.ts';

const ENVELOPE = 'MAIL FROM:<a@outside.example>\r\nRCPT TO:<megan@contoso.example>\r\n';
const MESSAGE = 'Subject: x\r\n\r\nbody\r\n.\r\n';

function greeted(...how: Parameters<typeof sessionHarness>): Harness {
  const session = sessionHarness(...how);
  expect(session.send('EHLO client.example\r\n')).toMatch(/^250-mx\.holdfast\.example\r\n/);
  return session;
}

function inData(...how: Parameters<typeof sessionHarness>): Harness {
  const session = greeted(...how);
  session.send(ENVELOPE);
  expect(session.send('DATA\r\n')).toMatch(/^354 /);
  return session;
}

const codes = (replies: string): readonly string[] =>
  replies
    .split('\r\n')
    .filter((line) => line !== '' && line[3] !== '-')
    .map((line) => line.split(' ').slice(0, 2).join(' '));

describe('a session', () => {
  test('takes messages one after the other, each with its own envelope', () => {
    const session = inData();
    expect(session.send(MESSAGE)).toBe('250 2.6.0 Queued\r\n');
    session.send('MAIL FROM:<>\r\nRCPT TO:<b@contoso.example>\r\n');
    session.send('DATA\r\n');
    session.send('two\r\n.\r\n');
    expect(session.messages).toEqual([
      {
        from: 'a@outside.example',
        recipients: ['megan@contoso.example'],
        body: 'Subject: x\r\n\r\nbody\r\n',
      },
      { from: '', recipients: ['b@contoso.example'], body: 'two\r\n' },
    ]);
    expect(codes(session.send('QUIT\r\n'))).toEqual(['221 2.0.0']);
    expect(session.closed).toBe(true);
  });

  test('answers a group of commands in order', () => {
    const session = greeted(
      {},
      {
        recipient: (address) =>
          address.startsWith('no') ? { code: 550, enhanced: '5.1.1', text: 'No' } : null,
      },
    );
    const group = `${ENVELOPE}RCPT TO:<no@contoso.example>\r\nRCPT TO:<b@contoso.example>\r\nDATA\r\n`;
    expect(codes(session.send(group))).toEqual([
      '250 2.1.0',
      '250 2.1.5',
      '550 5.1.1',
      '250 2.1.5',
      '354 End',
    ]);
  });

  test('lets the next envelope follow the end of data in one packet (RFC 2920 §3.1)', () => {
    const session = inData();
    expect(codes(session.send(`${MESSAGE}RSET\r\n${ENVELOPE}DATA\r\n`))).toEqual([
      '250 2.6.0',
      '250 2.0.0',
      '250 2.1.0',
      '250 2.1.5',
      '354 End',
    ]);
  });

  test('takes QUIT right behind the end of data (RFC 2920 §3.1)', () => {
    const session = inData();
    expect(codes(session.send(`${MESSAGE}QUIT\r\n`))).toEqual(['250 2.6.0', '221 2.0.0']);
    expect(session.messages).toHaveLength(1);
  });

  test.each([
    ['NOOP', '250 2.0.0'],
    ['NOOP anything', '250 2.0.0'],
    ['RSET', '250 2.0.0'],
    ['VRFY megan', '252 2.5.2'],
    ['HELP', '214 2.0.0'],
    ['EXPN staff', '502 5.5.1'],
    ['AUTH PLAIN', '502 5.5.1'],
    ['XYZZY', '500 5.5.2'],
    ['', '500 5.5.2'],
    ['EHLO', '501 5.5.4'],
    ['DATA', '503 5.5.1'],
    ['DATA now', '501 5.5.4'],
    ['RCPT TO:<a@b.example>', '503 5.5.1'],
    ['MAIL FROM:a@b.example', '501 5.1.7'],
    ['MAIL FROM:<a>', '501 5.1.7'],
    ['MAIL FROM:<a@b.example', '501 5.1.7'],
    ['MAIL FROM:<a@b.example> SIZE=x', '501 5.5.4'],
    ['MAIL FROM:<a@b.example> SIZE=1 SIZE=2', '501 5.5.4'],
    ['MAIL FROM:<a@b.example> BODY=BINARYMIME', '501 5.5.4'],
    ['MAIL FROM:<a@b.example> SIZE=1000001', '552 5.3.4'],
    ['MAIL FROM:<a@b.example> SMTPUTF8', '555 5.5.4'],
    ['MAIL FROM:<a@b.example> RET=FULL', '555 5.5.4'],
    ['MAIL FROM:<\xc3\xa4@b.example>', '553 5.6.7'],
    ['MAIL FROM:<\xe4@b.example>', '553 5.6.7'],
    ['MAIL\0FROM:<a@b.example>', '501 5.5.2'],
    ['mail from: <@relay.example:a@b.example> size=10 body=8bitmime', '250 2.1.0'],
    ['MAIL FROM:<"a > b"@b.example>', '250 2.1.0'],
    ['MAIL FROM:<a@[192.0.2.1]>', '250 2.1.0'],
    ['XCLIENT ADDR=192.0.2.1', '550 5.7.0'],
  ])('answers %j with %s', (command, expected) => {
    const session = greeted();
    expect(codes(session.send(`${command}\r\n`))).toEqual([expected]);
    expect(session.closed).toBe(false);
  });

  test('takes no mail before EHLO, and none inside another', () => {
    const session = sessionHarness();
    expect(codes(session.send('MAIL FROM:<a@b.example>\r\n'))).toEqual(['503 5.5.1']);
    session.send('EHLO c.example\r\n');
    session.send('MAIL FROM:<a@b.example>\r\n');
    expect(codes(session.send('MAIL FROM:<a@b.example>\r\n'))).toEqual(['503 5.5.1']);
    expect(codes(session.send('DATA\r\n'))).toEqual(['503 5.5.1']);
  });

  test('offers nothing to a client that says HELO', () => {
    expect(sessionHarness().send('HELO c.example\r\n')).toBe('250 mx.holdfast.example\r\n');
  });

  test('puts recipients beyond the limit off, and does not count them as errors', () => {
    const session = greeted({ maxRecipients: 2 });
    session.send(ENVELOPE);
    session.send('RCPT TO:<b@contoso.example>\r\n');
    for (let index = 0; index <= MAX_ERRORS; index += 1) {
      const reply = session.send(`RCPT TO:<c${index}@contoso.example>\r\n`);
      expect(codes(reply)).toEqual(['452 4.5.3']);
    }
    expect(session.closed).toBe(false);
  });
});

describe('TLS', () => {
  test('begins a new session in which nothing said in clear counts', () => {
    const session = greeted();
    expect(codes(session.send('STARTTLS\r\n'))).toEqual(['220 2.0.0']);
    expect(session.machine.helo).toBe('');
    expect(codes(session.send(`${ENVELOPE.split('\r\n')[0]}\r\n`))).toEqual(['503 5.5.1']);
    expect(session.send('EHLO c.example\r\n')).not.toContain('STARTTLS');
    expect(codes(session.send('STARTTLS\r\n'))).toEqual(['503 5.5.1']);
  });

  test('does not begin when anything was sent behind STARTTLS (CVE-2011-0411)', () => {
    const session = greeted();
    expect(codes(session.send('STARTTLS\r\nEHLO x\r\n'))).toEqual(['554 5.5.0']);
    expect(session.closed).toBe(true);
    expect(session.actions).not.toContain('start-tls');
  });

  test('is not there when it is not offered', () => {
    expect(codes(greeted({ startTls: false }).send('STARTTLS\r\n'))).toEqual(['502 5.5.1']);
  });
});

describe('who sends ahead without permission', () => {
  test.each([
    ['EHLO', 'EHLO c.example\r\nMAIL FROM:<a@b.example>\r\n'],
    ['NOOP', 'NOOP\r\nNOOP\r\n'],
    ['VRFY', 'VRFY a\r\nNOOP\r\n'],
    ['QUIT', 'QUIT\r\nNOOP\r\n'],
    ['an unknown command', 'XYZZY\r\nNOOP\r\n'],
  ])('behind %s is told so and cut off', (_what, text) => {
    const session = greeted();
    expect(codes(session.send(text))).toEqual(['554 5.5.0']);
    expect(session.closed).toBe(true);
  });

  test('behind DATA smuggles nothing', () => {
    const session = greeted();
    const smuggled = `${ENVELOPE}DATA\r\n${MESSAGE}`;
    expect(codes(session.send(smuggled)).at(-1)).toBe('554 5.5.0');
    expect(session.closed).toBe(true);
    expect(session.messages).toEqual([]);
  });

  test('after the end of data gets no second message in', () => {
    const session = inData();
    const second = `MAIL FROM:<evil@x.example>\r\nRCPT TO:<b@contoso.example>\r\nDATA\r\nx\r\n.\r\n`;
    expect(codes(session.send(MESSAGE + second)).at(-1)).toBe('554 5.5.0');
    expect(session.messages.map(({ from }) => from)).toEqual(['a@outside.example']);
  });

  test('without ever saying EHLO is cut off', () => {
    const session = sessionHarness();
    session.send('HELO c.example\r\n');
    expect(codes(session.send(ENVELOPE))).toEqual(['554 5.5.0']);
  });

  test('before the greeting is cut off', () => {
    const machine = new SessionMachine(sessionOptions);
    machine.receive(Buffer.from('EHLO c.example\r\n'));
    expect(machine.next()).toEqual({ kind: 'refused', reason: 'early-talker' });
    expect(machine.next()).toMatchObject({ kind: 'write', text: expect.stringMatching(/^521 5/) });
    expect(machine.next()).toEqual({ kind: 'close' });
  });
});

describe('who goes on and on', () => {
  test('with errors is cut off', () => {
    const session = greeted();
    for (let index = 0; index < MAX_ERRORS; index += 1) session.send('XYZZY\r\n');
    expect(session.closed).toBe(false);
    expect(codes(session.send('XYZZY\r\n'))).toEqual(['421 4.7.0']);
    expect(session.closed).toBe(true);
  });

  test('with commands that bring no message is cut off', () => {
    const session = greeted();
    for (let index = 1; index < MAX_IDLE_COMMANDS; index += 1) session.send('RSET\r\n');
    expect(session.closed).toBe(false);
    expect(codes(session.send('NOOP\r\n'))).toEqual(['421 4.7.0']);
  });

  test('with one line is cut off', () => {
    const session = greeted();
    expect(session.send('x'.repeat(MAX_COMMAND_LINE))).toBe('');
    expect(codes(session.send('x'))).toEqual(['500 5.5.2']);
    expect(session.closed).toBe(true);
  });

  test.each(['GET / HTTP/1.1', 'POST / HTTP/1.1', 'BDAT 5 LAST'])('with %s is cut off', (line) => {
    const session = greeted();
    session.send(`${line}\r\nMAIL FROM:<a@b.example>\r\n`);
    expect(session.closed).toBe(true);
  });
});

describe('a message', () => {
  test('that is big goes over in pieces while it comes', () => {
    const session = inData();
    const line = `${'x'.repeat(998)}\r\n`;
    const lines = Math.ceil(WHOLE_BODY_LIMIT / line.length) + 2;
    for (let sent = 0; sent < lines; sent += 1) session.send(line);
    expect(session.actions).toContain('message-begins');
    expect(session.send('.\r\n')).toBe('250 2.6.0 Queued\r\n');
    expect(session.messages[0]?.body).toBe(line.repeat(lines));
  });

  test('that turns out bad after it began is void, and answered at its end', () => {
    const session = inData();
    session.send(`${'x'.repeat(99_998)}\r\n`.repeat(3));
    expect(session.actions).toContain('message-begins');
    session.send('a\rb');
    expect(session.actions).toContain('message-refused');
    expect(codes(session.send('\r\n.\r\n'))).toEqual(['550 5.6.0']);
    expect(session.messages).toEqual([]);
    expect(codes(session.send(ENVELOPE))).toEqual(['250 2.1.0', '250 2.1.5']);
  });

  test.each([
    ['too long a line', `${'x'.repeat(100_001)}\r\n.\r\n`, '550 5.6.0'],
    ['a bare CR', 'a\rb\r\n.\r\n', '550 5.6.0'],
    ['too many bytes', `${'x'.repeat(998)}\r\n`.repeat(1001) + '.\r\n', '552 5.3.4'],
  ])('with %s is refused at its end, and the session goes on', (_what, text, expected) => {
    const session = inData();
    expect(codes(session.send(text))).toEqual([expected]);
    expect(codes(session.send('NOOP\r\n'))).toEqual(['250 2.0.0']);
  });

  test('that goes on far beyond the limit is cut off', () => {
    const session = inData();
    const chunk = `${'x'.repeat(998)}\r\n`.repeat(1000);
    for (let sent = 0; sent < 18; sent += 1) session.send(chunk);
    expect(session.closed).toBe(true);
  });

  test('that comes by for the fourth time is a loop', () => {
    const hops = createHopGuard(['mx.holdfast.example']);
    const ours =
      'Received: from a.example\r\n\tby mx.holdfast.example with ESMTPS id 1;\r\n\tnow\r\n';
    const looped = (times: number): readonly string[] =>
      codes(inData({ hops }).send(`${ours.repeat(times)}\r\nx\r\n.\r\n`));
    expect(looped(3)).toEqual(['250 2.6.0']);
    expect(looped(4)).toEqual(['554 5.4.6']);
  });
});

test('every reply of class 2, 4 and 5 but the greetings has exactly one enhanced code', () => {
  const session = greeted(
    {},
    { message: () => ({ code: 250, enhanced: null, text: 'line\r\n250 forged\x00\xe4' }) },
  );
  const replies = [
    ...['NOOP', 'XYZZY', 'MAIL FROM:<a@b.example>', 'RCPT TO:<c@d.example>'].map((command) =>
      session.send(`${command}\r\n`),
    ),
    session.send('DATA\r\n').replace(/^354 .*\r\n$/, ''),
    session.send('x\r\n.\r\n'),
  ];
  for (const line of replies.join('').split('\r\n').slice(0, -1)) {
    expect(line).toMatch(/^([245])\d\d \1\.\d{1,3}\.\d{1,3} (?!\d\.)[\x20-\x7e]+$/);
  }
  expect(replies.at(-1)).toBe('250 2.0.0 line??250 forged??\r\n');
});
