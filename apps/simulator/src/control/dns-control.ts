import type { Router } from 'express';
import { z } from 'zod';
import { DNS_FAULTS } from '../dns/zone.ts';
import type { World } from '../world.ts';

const common = {
  name: z.string().min(1),
  ttl: z.number().int().min(0).default(60),
  /** As if DNSSEC had been validated. */
  signed: z.boolean().default(false),
  /** The second resolver still has it cached, whatever the zone says. */
  resolver: z.enum(['zone', 'second']).default('zone'),
};

const faultRequest = z.object({
  /** `*` for every name, at the second resolver only. */
  name: z.string().min(1),
  fault: z.enum(DNS_FAULTS).nullable(),
  resolver: common.resolver,
});

const policyRequest = z.object({
  domain: z.string().min(1),
  /** Null: there is no policy host. */
  body: z.string().nullable(),
  status: z.number().int().min(200).max(599).default(200),
  contentType: z.string().default('text/plain'),
  /** A redirect, which nobody may follow (RFC 8461 §3.3). */
  location: z.string().optional(),
});

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
    type: z.literal('TLSA'),
    values: z.array(
      z.object({
        usage: z.number().int(),
        selector: z.number().int(),
        matchingType: z.number().int(),
        data: z.string().regex(/^(?:[0-9a-f]{2})+$/i, 'must be hex'),
      }),
    ),
  }),
  z.object({
    ...common,
    type: z.enum(['A', 'AAAA', 'TXT', 'CNAME', 'NS', 'PTR']),
    values: z.array(z.string()),
  }),
]);

/** Lets a test or a demonstration change DNS, as the customer does at the registrar when the MX records move. */
export function dnsControl(router: Router, world: World): void {
  router.get('/dns', (_request, response) => {
    response.json(world.zone.list());
  });
  router.post('/dns', (request, response) => {
    const { resolver, ...record } = dnsRequest.parse(request.body);
    const names = resolver === 'second' ? world.secondResolver : world.zone;
    if (record.values.length === 0) names.remove(record.name, record.type);
    else names.set(record);
    response.json(record);
  });
  router.post('/dns/fault', (request, response) => {
    const { name, fault, resolver } = faultRequest.parse(request.body);
    const names = resolver === 'second' ? world.secondResolver : world.zone;
    names.setFault(name, fault);
    response.json({ name, fault, resolver });
  });
  router.post('/mta-sts', (request, response) => {
    const { domain, body, ...answer } = policyRequest.parse(request.body);
    if (body === null) world.policies.remove(domain);
    else world.policies.set(domain, { ...answer, body });
    response.json({ domain });
  });
}
