import {
  checkConnection,
  connectTenant,
  createApplicationKey,
  disconnectTenant,
  finishConsent,
  readConnection,
  readWaitingKey,
  startConsent,
  type ConnectionRecord,
  type Ports,
  type WaitingKey,
} from '@holdfast/application';
import {
  connectInput,
  finishConsentInput,
  startConsentInput,
  type ConnectionView,
  type ConsentStart,
  type WaitingKeyView,
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

  waitingKey: sessionProcedure.query(async ({ ctx }): Promise<WaitingKeyView | null> => {
    const key = await readWaitingKey(ctx.ports, ctx.actor.organisationId);
    return key === null ? null : presentKey(key);
  }),

  createKey: sessionProcedure.mutation(async ({ ctx }): Promise<WaitingKeyView> => {
    return presentKey(await createApplicationKey(ctx.ports, ctx.actor));
  }),

  disconnect: sessionProcedure.mutation(async ({ ctx }): Promise<ConnectionView> => {
    await disconnectTenant(ctx.ports, ctx.actor);
    return present(ctx.ports, null);
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

function presentKey({ certificate, thumbprint, expiresAt }: WaitingKey): WaitingKeyView {
  return { certificate, thumbprint, expiresAt: toIso(expiresAt) };
}

function present(ports: Ports, connection: ConnectionRecord | null): ConnectionView {
  const offered = ports.consent.applications.map(({ tiers }) => tiers);
  return presentConnection(connection, offered);
}
