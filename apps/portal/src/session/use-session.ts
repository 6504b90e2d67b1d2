import type { PortalState } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { POLL_EVERY, problemOf, queryClient, trpc } from '../api.ts';

/** The state is looked at again now and then: the event may end, and the mailbox turn read-only, while it is open. */
const STATE_EVERY = 4 * POLL_EVERY;

export function useSession() {
  return useQuery(trpc.session.state.queryOptions(undefined, { refetchInterval: STATE_EVERY }));
}

export function setSession(state: PortalState): void {
  queryClient.setQueryData(trpc.session.state.queryKey(), state);
}

let endedUnasked = false;

/** True once after the server has ended a session that was in use. */
export function sessionHasEnded(): boolean {
  return endedUnasked;
}

/** Any answer may say that the session is over or the mailbox closed; then the state decides which page is shown. */
export function watchForSessionEnd(): void {
  const react = (error: unknown): void => {
    const { code } = problemOf(error);
    if (code === 'session.required') endedUnasked = true;
    if (
      [
        'session.required',
        'session.must-choose-password',
        'mailbox.closed',
        'mailbox.read-only',
        'mailbox.drill',
        'mailbox.drill-over',
      ].includes(code)
    )
      void queryClient.invalidateQueries({ queryKey: trpc.session.state.queryKey() });
  };
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return;
    // The state itself never asks for the state again.
    if (event.action.type === 'error' && !isState(event.query)) react(event.action.error);
    // However the session ended: behind the sign-in page there is nobody's mail.
    if (event.action.type === 'success' && isState(event.query) && isNobody(event.query.state.data))
      forgetAnswers();
  });
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') react(event.action.error);
  });
}

function isState({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean {
  return JSON.stringify(queryKey[0]) === JSON.stringify(trpc.session.state.queryKey()[0]);
}

function isNobody(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'user' in state && state.user === null;
}

/** After every way in: nothing of whoever was signed in before stays. */
export function entered(state: PortalState): void {
  forgetMail();
  setSession(state);
}

/** Mail of one person must not stay in memory for the next. */
export function forgetMail(): void {
  endedUnasked = false;
  forgetAnswers();
}

function forgetAnswers(): void {
  queryClient.removeQueries({ predicate: (query) => !isState(query) });
}
