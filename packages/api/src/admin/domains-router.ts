import { checkDomain, listDomains, saveFilterMode } from '@holdfast/application';
import { domainInput, saveFilterModeInput, type DomainView } from '@holdfast/contracts';
import { presentDomain } from '../presenters/domains.ts';
import { router, sessionProcedure } from './trpc.ts';

export const domainsRouter = router({
  list: sessionProcedure.query(async ({ ctx }): Promise<readonly DomainView[]> => {
    const { ourHosts } = ctx.ports.settings;
    const domains = await listDomains(ctx.ports, ctx.actor);
    return domains.map((domain) => presentDomain(domain, ourHosts));
  }),

  check: sessionProcedure
    .input(domainInput)
    .mutation(async ({ ctx, input }): Promise<DomainView> => {
      const domain = await checkDomain(ctx.ports, ctx.actor, input);
      return presentDomain(domain, ctx.ports.settings.ourHosts);
    }),

  saveFilterMode: sessionProcedure
    .input(saveFilterModeInput)
    .mutation(async ({ ctx, input }): Promise<DomainView> => {
      const domain = await saveFilterMode(ctx.ports, ctx.actor, input);
      return presentDomain(domain, ctx.ports.settings.ourHosts);
    }),
});
