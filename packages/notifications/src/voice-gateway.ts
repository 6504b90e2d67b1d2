import type { VoiceCaller } from '@holdfast/application';
import { postToGateway, type GatewayOptions } from './gateway.ts';

/**
 * Calls over a plain HTTP gateway, which rings and speaks: `POST {url}/calls {to,text,language,reference}` → `202 {id}`. Who
 * picks up, an answering machine among them, is not asked: what a code says runs out within minutes.
 */
export function createVoiceGateway(options: GatewayOptions): VoiceCaller {
  return {
    available: true,
    call: ({ language, reference, text, to }) =>
      postToGateway(options, { name: 'voice', path: 'calls' }, { to, text, language, reference }),
  };
}

/** Nobody is called: landlines are refused then, and there is nothing to choose. */
export const NO_VOICE: VoiceCaller = {
  available: false,
  call: () =>
    Promise.resolve({
      ok: false,
      permanent: true,
      detail: 'No voice gateway is configured (HOLDFAST_VOICE_URL, HOLDFAST_VOICE_TOKEN)',
    }),
};
