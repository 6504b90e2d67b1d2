import {
  acceptDomainAlert,
  checkDomain,
  listDomainSetups,
  readArrivals,
  readDomainHistory,
  readDomainSetup,
  rotateSigningKey,
  saveFilterMode,
} from '@holdfast/application';
import {
  acceptAlertInput,
  domainInput,
  saveFilterModeInput,
  type ArrivalView,
  type DomainObservationView,
  type DomainRowView,
  type DomainView,
} from '@holdfast/contracts';
import { presentDomain, presentDomainRow, presentObservation } from '../presenters/domains.ts';
import { toIso } from '../presenters/instant.ts';
import { router, sessionProcedure } from './trpc.ts';

export const domainsRouter = router({
  list: sessionProcedure.query(async ({ ctx }): Promise<readonly DomainRowView[]> => {
    return (await listDomainSetups(ctx.ports, ctx.actor)).map(presentDomainRow);
  }),

  get: sessionProcedure.input(domainInput).query(async ({ ctx, input }): Promise<DomainView> => {
    return presentDomain(await readDomainSetup(ctx.ports, ctx.actor, input), ctx.ports.settings);
  }),

  check: sessionProcedure
    .input(domainInput)
    .mutation(async ({ ctx, input }): Promise<DomainView> => {
      await checkDomain(ctx.ports, ctx.actor, input);
      return presentDomain(await readDomainSetup(ctx.ports, ctx.actor, input), ctx.ports.settings);
    }),

  history: sessionProcedure
    .input(domainInput)
    .query(async ({ ctx, input }): Promise<readonly DomainObservationView[]> => {
      const history = await readDomainHistory(ctx.ports, ctx.actor, input);
      return history.map(presentObservation);
    }),

  arrivals: sessionProcedure
    .input(domainInput)
    .query(async ({ ctx, input }): Promise<readonly ArrivalView[]> => {
      const arrivals = await readArrivals(ctx.ports, ctx.actor, input);
      return arrivals.map(({ lastAt, ...arrival }) => ({ ...arrival, lastAt: toIso(lastAt) }));
    }),

  acceptAlert: sessionProcedure
    .input(acceptAlertInput)
    .mutation(async ({ ctx, input }): Promise<DomainView> => {
      const name = await acceptDomainAlert(ctx.ports, ctx.actor, input);
      await checkDomain(ctx.ports, ctx.actor, { name });
      return presentDomain(
        await readDomainSetup(ctx.ports, ctx.actor, { name }),
        ctx.ports.settings,
      );
    }),

  rotateKey: sessionProcedure
    .input(domainInput)
    .mutation(async ({ ctx, input }): Promise<DomainView> => {
      await rotateSigningKey(ctx.ports, ctx.actor, input);
      return presentDomain(await readDomainSetup(ctx.ports, ctx.actor, input), ctx.ports.settings);
    }),

  saveFilterMode: sessionProcedure
    .input(saveFilterModeInput)
    .mutation(async ({ ctx, input }): Promise<DomainView> => {
      await saveFilterMode(ctx.ports, ctx.actor, input);
      return presentDomain(await readDomainSetup(ctx.ports, ctx.actor, input), ctx.ports.settings);
    }),
});
