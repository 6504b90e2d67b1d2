import { m } from '../../messages/catalogue.ts';
import { PageHeader, Section } from '../../ui/page.tsx';
import { ConnectionPanel } from './connection-panel.tsx';
import { RefreshPanel } from './refresh-panel.tsx';
import { useSession } from '../../session/session.tsx';

export function ConnectionPage() {
  const session = useSession();
  return (
    <div className="max-w-[760px]">
      <PageHeader title={m.connection.title} text={m.connection.text} />
      <ConnectionPanel />
      {session.organisation.connected ? (
        <Section title={m.connection.directory} text={m.wizard.refresh.text}>
          <RefreshPanel detailed />
        </Section>
      ) : null}
    </div>
  );
}
