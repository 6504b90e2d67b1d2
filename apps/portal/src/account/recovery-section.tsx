import type { AccountView, HelpdeskView } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { problemOf, queryClient, trpc } from '../api.ts';
import { longDate } from '../dates.ts';
import { account } from '../messages/en/account.ts';
import { ProblemLine } from '../parts/problem-line.tsx';
import { WalletCard } from './wallet-card.tsx';

/** Making codes, and the card that shows them once. */
export function RecoverySection({
  view,
  helpdesk,
}: {
  readonly view: AccountView;
  readonly helpdesk: HelpdeskView | null;
}) {
  const { left, madeAt } = view.recoveryCodes;
  const make = useMutation(
    trpc.account.makeRecoveryCodes.mutationOptions({
      // A lost answer leaves codes that nobody has seen: the next press makes others.
      onSettled: () =>
        void queryClient.invalidateQueries({ queryKey: trpc.account.read.queryKey() }),
    }),
  );
  if (make.data !== undefined)
    return (
      <WalletCard
        url={view.portalUrl}
        login={view.login}
        codes={make.data.codes}
        helpdesk={helpdesk}
        onDone={() => make.reset()}
      />
    );
  return (
    <>
      <p className="hint">
        {madeAt === null ? account.codesNone : account.codesLeft(left, longDate(madeAt))}{' '}
        {madeAt !== null && account.newCodesVoid}
      </p>
      <ProblemLine text={make.error === null ? null : problemOf(make.error).message} />
      <button type="button" className="btn" disabled={make.isPending} onClick={() => make.mutate()}>
        {madeAt === null ? account.makeCodes : account.makeNewCodes}
      </button>
    </>
  );
}
