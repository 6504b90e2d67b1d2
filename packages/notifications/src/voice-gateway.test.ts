import { expect, it, vi } from 'vitest';
import { createVoiceGateway, NO_VOICE } from './voice-gateway.ts';

const call = {
  to: '+49305550100',
  text: 'Your code is 1, 2.',
  language: 'en',
  reference: 'r-1',
} as const;

it('sends number, text, language and reference, and keeps the gateway’s id', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>(async () =>
    Response.json({ id: 'call-7' }, { status: 202 }),
  );
  const gateway = createVoiceGateway({ url: 'https://voice.example/v1/', token: 't', fetch });
  expect(await gateway.call(call)).toEqual({ ok: true, reference: 'call-7' });
  const [url, init] = fetch.mock.calls[0] ?? [];
  expect(url).toBe('https://voice.example/v1/calls');
  expect(init?.body).toBe(JSON.stringify(call));
  expect(new Headers(init?.headers).get('authorization')).toBe('Bearer t');
});

it.each([
  [400, true],
  [429, false],
  [503, false],
])('a gateway that answers %i: permanent %s', async (status, permanent) => {
  const fetch = async () => new Response('said so', { status });
  const gateway = createVoiceGateway({ url: 'https://voice.example', token: 't', fetch });
  expect(await gateway.call(call)).toEqual({
    ok: false,
    permanent,
    detail: `The voice gateway answered ${status}: said so`,
  });
});

it('without a gateway nobody is called, and nothing is tried again', async () => {
  expect(NO_VOICE.available).toBe(false);
  expect(await NO_VOICE.call(call)).toMatchObject({ ok: false, permanent: true });
});
