import type { Clock, PushService } from '@holdfast/application';
import { createPushService } from '@holdfast/notifications';
import type { Configuration } from '../configuration/read-configuration.ts';
import { createProcessDns } from './mail-adapters.ts';

/** Names of push services are looked up where those of mail servers are. */
export function createProcessPush(configuration: Configuration, clock: Clock): PushService {
  const dns = createProcessDns(configuration);
  return createPushService({
    contact: configuration.pushContact,
    trustedOrigin: configuration.pushTrustedOrigin,
    clock,
    addresses: async (host) => {
      const answer = await dns.addresses(host);
      if (!answer.ok) throw new Error(answer.detail);
      return answer.value;
    },
  });
}
