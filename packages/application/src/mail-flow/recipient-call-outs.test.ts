import type { AttemptOutcome, SnapshotDomain } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import { createCallOuts, MAX_CALL_OUTS, REFUSAL_MEMORY } from './recipient-call-outs.ts';

const DOMAIN: SnapshotDomain = {
  name: 'contoso.example',
  organisationId: 'o',
  nextHops: ['contoso.mail.example'],
  completeness: 'partial',
  syncedAt: 0,
  filterMode: 'none',
  trustedHops: [],
};
const YES: AttemptOutcome = { kind: 'reply', code: 250, text: '2.1.5 Recipient OK' };
const NO: AttemptOutcome = {
  kind: 'reply',
  code: 550,
  text: '5.4.1 Recipient address rejected: Access denied',
};

function callOuts() {
  const questions: { readonly recipient: string; answer(outcome: AttemptOutcome): void }[] = [];
  const remembered = new Map<string, number>();
  let now = 0;
  const asked = createCallOuts({
    relay: {
      probe({ recipient }) {
        const { promise, resolve } = Promise.withResolvers<AttemptOutcome>();
        questions.push({ recipient, answer: resolve });
        return promise;
      },
    },
    memory: {
      until: (address) => remembered.get(address) ?? null,
      remember: (address, until) => void remembered.set(address, until),
    },
    clock: { now: () => now },
  });
  return { ...asked, questions, remembered, pass: (time: number) => (now += time) };
}

describe('a question to Office 365', () => {
  test('is asked once for those who wait for the same address', async () => {
    const { ask, questions, remembered } = callOuts();
    const answers = [ask('a@contoso.example', DOMAIN), ask('a@contoso.example', DOMAIN)];
    expect(questions).toHaveLength(1);
    questions[0]?.answer(YES);
    for (const answer of answers) expect(await answer).toBe('known');
    expect([...remembered.keys()]).toEqual(['a@contoso.example']);
  });

  test('is not asked again for a minute after a no, or without an answer', async () => {
    const { ask, questions, pass } = callOuts();
    for (const [address, outcome, expected] of [
      ['no@contoso.example', NO, 'unknown'],
      ['mute@contoso.example', { kind: 'network', failure: 'timeout', text: '' }, 'no-answer'],
    ] as const) {
      const first = ask(address, DOMAIN);
      questions.at(-1)?.answer(outcome);
      expect(await first).toBe(expected);
      expect(ask(address, DOMAIN)).toBe(expected);
    }
    pass(REFUSAL_MEMORY);
    void ask('no@contoso.example', DOMAIN);
    expect(questions).toHaveLength(3);
  });

  test('is not asked while so many others are', async () => {
    const { ask, questions } = callOuts();
    for (let index = 0; index < MAX_CALL_OUTS; index += 1) {
      void ask(`a${index}@contoso.example`, DOMAIN);
    }
    expect(ask('one-more@contoso.example', DOMAIN)).toBe('no-answer');
    questions[0]?.answer(YES);
    await ask('a0@contoso.example', DOMAIN);
    expect(ask('one-more@contoso.example', DOMAIN)).toBeInstanceOf(Promise);
  });

  test('needs somebody to ask', () => {
    const { ask } = callOuts();
    expect(ask('a@contoso.example', { ...DOMAIN, nextHops: [] })).toBe('no-answer');
  });
});
