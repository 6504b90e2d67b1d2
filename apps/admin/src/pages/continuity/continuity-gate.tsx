import { Outlet } from '@tanstack/react-router';
import { useSession } from '../../session/session.tsx';
import { ContinuityPage } from './continuity-page.tsx';

/** Users, domains and events mean nothing before the feature is bought and installed: say what it is instead. */
export function ContinuityGate() {
  const session = useSession();
  return session.plan.continuity && session.organisation.installed ? (
    <Outlet />
  ) : (
    <ContinuityPage />
  );
}
