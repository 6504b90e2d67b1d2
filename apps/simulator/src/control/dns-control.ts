import type { Router } from 'express';
import { z } from 'zod';
import type { World } from '../world.ts';

const common = { name: z.string().min(1), ttl: z.number().int().min(0).default(60) };

/** An empty list of values takes the record set away. */
const dnsRequest = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('MX'),
    values: z.array(
      z.union([
        z.object({ exchange: z.string(), preference: z.number().int().min(0).default(0) }),
        z.string().transform((exchange) => ({ exchange, preference: 0 })),
      ]),
    ),
  }),
  z.object({
    ...common,
    type: z.enum(['A', 'AAAA', 'TXT', 'CNAME', 'PTR']),
    values: z.array(z.string()),
  }),
]);

/** Lets a test or a demonstration change DNS, as the customer does at the registrar when the MX records move. */
export function dnsControl(router: Router, world: World): void {
  router.get('/dns', (_request, response) => {
    response.json(world.zone.list());
  });
  router.post('/dns', (request, response) => {
    const record = dnsRequest.parse(request.body);
    if (record.values.length === 0) world.zone.remove(record.name, record.type);
    else world.zone.set(record);
    response.json(record);
  });
}
