import {
  checkDomain,
  listDomainSetups,
  readDomainSetup,
  rotateSigningKey,
  saveFilterMode,
} from '@holdfast/application';
import { domainInput, saveFilterModeInput, type DomainView } from '@holdfast/contracts';
import { presentDomain } from '../presenters/domains.ts';
import { router, sessionProcedure } from './trpc.ts';

export const domainsRouter = router({
  list: sessionProcedure.query(async ({ ctx }): Promise<readonly DomainView[]> => {
    const setups = await listDomainSetups(ctx.ports, ctx.actor);
    return setups.map((setup) => presentDomain(setup, ctx.ports.settings));
  }),

  check: sessionProcedure
    .input(domainInput)
    .mutation(async ({ ctx, input }): Promise<DomainView> => {
      await checkDomain(ctx.ports, ctx.actor, input);
      return presentDomain(await readDomainSetup(ctx.ports, ctx.actor, input), ctx.ports.settings);
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
