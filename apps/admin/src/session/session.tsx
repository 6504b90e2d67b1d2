import type { AdminDuty, AdminSession } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { api } from '../api.ts';

/** How often the frame looks whether an event has begun or ended elsewhere. Unit: ms. */
const LOOK_EVERY = 10_000;

export function useSessionQuery() {
  return useQuery(api.session.me.queryOptions(undefined, { refetchInterval: LOOK_EVERY }));
}

const SessionContext = createContext<AdminSession | null>(null);
export const SessionProvider = SessionContext.Provider;

/** Inside the frame there is always a session. */
export function useSession(): AdminSession {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession outside the frame');
  return session;
}

/** Whether one's role includes it; nothing asked for is everybody's. */
export function useMay(duty: AdminDuty | undefined): boolean {
  const session = useContext(SessionContext);
  if (duty === undefined) return true;
  return session?.administrator.duties.includes(duty) === true;
}
