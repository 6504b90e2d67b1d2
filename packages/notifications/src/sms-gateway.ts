import type { SmsSender } from '@holdfast/application';
import { postToGateway, type GatewayOptions } from './gateway.ts';

/** SMS over a plain HTTP gateway: `POST {url}/messages {to,text,reference}` → `202 {id}`. */
export function createSmsGateway(options: GatewayOptions): SmsSender {
  return {
    send: ({ to, text, reference }) =>
      postToGateway(options, { name: 'SMS', path: 'messages' }, { to, text, reference }),
  };
}
