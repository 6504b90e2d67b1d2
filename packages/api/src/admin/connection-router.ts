import {
  checkConnection,
  connectTenant,
  finishConsent,
  readConnection,
  startConsent,
  type ConnectionRecord,
  type Ports,
} from '@holdfast/application';
import {
  connectInput,
  finishConsentInput,
  startConsentInput,
  type ConnectionView,
  type ConsentStart,
} from '@holdfast/contracts';
import { presentConnection } from '../presenters/connection.ts';
import { toIso } from '../presenters/instant.ts';
import { router, sessionProcedure } from './trpc.ts';

export const connectionRouter = router({
  get: sessionProcedure.query(async ({ ctx }): Promise<ConnectionView> => {
    return present(ctx.ports, await readConnection(ctx.ports, ctx.actor));
  }),

  connect: sessionProcedure
    .input(connectInput)
    .mutation(async ({ ctx, input }): Promise<ConnectionView> => {
      const { secretExpiresOn, ...rest } = input;
      const secretExpiresAt = secretExpiresOn === null ? null : Date.parse(secretExpiresOn);
      return present(
        ctx.ports,
        await connectTenant(ctx.ports, ctx.actor, { ...rest, secretExpiresAt }),
      );
    }),

  startConsent: sessionProcedure
    .input(startConsentInput)
    .mutation(async ({ ctx, input }): Promise<ConsentStart> => {
      const { url, expiresAt } = await startConsent(ctx.ports, ctx.actor, input);
      return { url, expiresAt: toIso(expiresAt) };
    }),

  finishConsent: sessionProcedure
    .input(finishConsentInput)
    .mutation(async ({ ctx, input }): Promise<ConnectionView> => {
      return present(ctx.ports, await finishConsent(ctx.ports, ctx.actor, input));
    }),

  check: sessionProcedure.mutation(async ({ ctx }): Promise<ConnectionView> => {
    return present(ctx.ports, await checkConnection(ctx.ports, ctx.actor));
  }),
});

function present(ports: Ports, connection: ConnectionRecord | null): ConnectionView {
  const offered = ports.consent.applications.map(({ tiers }) => tiers);
  return presentConnection(connection, offered);
}
