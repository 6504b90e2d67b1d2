import {
  CALLS_PER_NUMBER_AND_DAY,
  registerJobs,
  type JobRunner,
  type VoiceCaller,
} from '@holdfast/application';
import { CODE_RESEND_AFTER, CODE_VALID_FOR, DAY } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MOBILE, PHONE, storedOf } from './testing/give-info.ts';
import { createInfoWorld, type InfoWorld } from './testing/info-world.ts';

const LANDLINE = '+4930901820';
const AT_HOME = { ...MOBILE, phone: '030 901820' } as const;

let info: InfoWorld;
let calls: Parameters<VoiceCaller['call']>[0][];
let answers: Awaited<ReturnType<VoiceCaller['call']>>[];
beforeEach(async () => {
  calls = [];
  answers = [];
  info = await createInfoWorld({
    voice: {
      available: true,
      call: (call) => {
        calls.push(call);
        return Promise.resolve(answers.shift() ?? { ok: true, reference: `call-${calls.length}` });
      },
    },
  });
});
afterEach(() => info.close());

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** The digits of the last call, as somebody writes them down who listens. */
async function heard(): Promise<string> {
  await info.settle();
  const spoken = /is: ([a-z, ]+)\./.exec(calls.at(-1)?.text ?? '')?.[1] ?? '';
  return spoken
    .split(', ')
    .map((word) => String(DIGITS.indexOf(word)))
    .join('');
}

describe('a landline', () => {
  test('is called with its code, which confirms it as a message would', async () => {
    await info.site.post(info.link, AT_HOME);
    const code = await heard();
    expect(calls).toMatchObject([{ to: LANDLINE, language: 'en' }]);
    expect(info.texts).toEqual([]);
    expect(code).toMatch(/^\d{6}$/);
    expect(await info.read(`${info.link}/codes`)).toContain('Code from our call to ••20');
    await info.site.post(`${info.link}/codes`, { 'code-sms': code });
    expect(await storedOf(info)).toEqual([`sms verified ${LANDLINE}`]);
  });

  test('is refused with the reason where nobody can be called', async () => {
    const mute = await createInfoWorld();
    try {
      const page = await (await mute.site.post(mute.link, AT_HOME)).text();
      expect(page).toContain('That is a landline: it cannot receive text messages');
    } finally {
      await mute.close();
    }
  });

  test('of the kind that costs whoever calls is never called', async () => {
    for (const phone of ['0900 1 123456', '0180 1 123456', '+870 773 111 632']) {
      const page = await (await info.site.post(info.link, { ...AT_HOME, phone })).text();
      expect(page).toContain('special number');
    }
    await info.settle();
    expect(calls).toEqual([]);
  });

  test('hears of an event where to sign in, and no password', async () => {
    await info.site.post(info.link, AT_HOME);
    await info.site.post(`${info.link}/codes`, { 'code-sms': await heard() });
    await info.settle();
    calls = [];
    await info.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'outage' });
    info.world.advance(60_000);
    await info.settle();
    const texts = calls.filter(({ to }) => to === LANDLINE).map(({ text }) => text);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('mail dot holdfast dot example');
    expect(texts[0]).not.toMatch(/password|is: /i);
  });
});

describe('a mobile that text messages do not reach', () => {
  test('is called instead when its owner asks for it', async () => {
    await info.site.post(info.link, MOBILE);
    await info.settle();
    expect(await info.read(`${info.link}/codes`)).toContain('value="voice"');
    info.world.advance(CODE_RESEND_AFTER);
    await info.site.post(`${info.link}/codes/resend`, { channel: 'voice' });
    const code = await heard();
    expect(calls).toMatchObject([{ to: PHONE }]);
    await info.site.post(`${info.link}/codes`, { 'code-sms': code });
    expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
  });
});

describe('calls cost money', () => {
  test('so one number is called a few times a day, whatever link asks', async () => {
    const other = await info.linkOf('ben');
    await info.site.post(info.link, AT_HOME);
    for (let count = 1; count < CALLS_PER_NUMBER_AND_DAY; count += 1) {
      info.world.advance(CODE_RESEND_AFTER);
      await info.site.post(`${info.link}/codes/resend`, { channel: 'sms' });
    }
    const page = await (await info.site.post(other, AT_HOME)).text();
    expect(page).toContain('So many calls with codes were asked for');
    await info.settle();
    info.world.advance(DAY);
    expect((await info.site.post(other, AT_HOME)).status).toBe(303);
  });

  test('and one whose code has run out is not called any more', async () => {
    answers = [{ ok: false, permanent: false, detail: 'busy' }];
    await info.site.post(info.link, AT_HOME);
    const handlers = new Map<string, (job: never) => Promise<void>>();
    const runner: JobRunner = {
      work: async (name, handler) => void handlers.set(name, handler as never),
      stop: async () => undefined,
    };
    await registerJobs(info.ports, runner);
    const job = info.world.jobs.findLast(({ name }) => name === 'channel.send-code');
    const again = () => handlers.get('channel.send-code')?.(job as never);
    await expect(again()).rejects.toThrow('not handed over');
    info.world.advance(CODE_VALID_FOR + 1);
    await again();
    expect(calls).toHaveLength(1);
  });
});
