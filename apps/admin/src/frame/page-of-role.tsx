import { Outlet, useRouterState } from '@tanstack/react-router';
import { m } from '../messages/catalogue.ts';
import { dutyOfPage } from '../session/page-duties.ts';
import { useMay, useSession } from '../session/session.tsx';
import { AppLink } from '../ui/app-link.tsx';
import { buttonClass } from '../ui/button.tsx';
import { PageHeader } from '../ui/page.tsx';
import { Note } from '../ui/problem-note.tsx';

/** The page, or why it is not for this role and who can change that. */
export function PageOfRole() {
  const { role } = useSession().administrator;
  const path = useRouterState({ select: (state) => state.location.pathname });
  const may = useMay(dutyOfPage(path) ?? undefined);
  if (!may)
    return (
      <div className="max-w-[62ch]">
        <PageHeader title={m.frame.notYours} text={m.frame.notYoursText(m.frame.role[role])} />
        <AppLink href="/settings" className={buttonClass('primary')}>
          {m.frame.toSettings}
        </AppLink>
      </div>
    );
  return (
    <>
      {role === 'auditor' ? (
        <div className="mb-4">
          <Note tone="neutral">{m.frame.lookOnly}</Note>
        </div>
      ) : null}
      <Outlet />
    </>
  );
}
