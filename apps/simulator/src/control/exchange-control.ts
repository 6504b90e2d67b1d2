import type { Router } from 'express';
import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { EXCHANGE_ACCESS } from '../exchange/exchange-state.ts';
import type { World } from '../world.ts';

const exchangeRequest = z.object({
  /** What the application's role in the tenant lets it run. */
  access: z.enum(EXCHANGE_ACCESS).optional(),
  dehydrated: z.boolean().optional(),
  rejectDirectSend: z.boolean().optional(),
  /** The address that the tenant sees when the gateway connects over loopback. */
  gatewayAddress: z.string().refine(isIPv4, 'must be an IPv4 address').optional(),
});

/** Lets a test or a demonstration be the administrator of the tenant in Exchange, and look at what is set there. */
export function exchangeControl(router: Router, world: World): void {
  const { exchange, network } = world;
  const present = () => ({
    access: exchange.access,
    dehydrated: exchange.organisation.IsDehydrated,
    rejectDirectSend: exchange.organisation.RejectDirectSend,
    gatewayAddress: network.gatewayAddress,
    connectors: exchange.connectors,
    ipAllowList: exchange.connectionFilter.IPAllowList,
    transportRules: exchange.transportRules.rules,
    arcSealers: exchange.arcSealers,
  });
  router.get('/exchange', (_request, response) => {
    response.json(present());
  });
  router.post('/exchange', (request, response) => {
    const wanted = exchangeRequest.parse(request.body);
    exchange.access = wanted.access ?? exchange.access;
    exchange.organisation = {
      IsDehydrated: wanted.dehydrated ?? exchange.organisation.IsDehydrated,
      RejectDirectSend: wanted.rejectDirectSend ?? exchange.organisation.RejectDirectSend,
    };
    network.gatewayAddress = wanted.gatewayAddress ?? network.gatewayAddress;
    response.json(present());
  });
}
