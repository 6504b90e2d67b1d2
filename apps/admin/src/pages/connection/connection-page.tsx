import { m } from '../../messages/catalogue.ts';
import { buttonClass } from '../../ui/button.tsx';
import { PageHeader, Section } from '../../ui/page.tsx';
import { ConnectionPanel } from './connection-panel.tsx';
import { RefreshPanel } from './refresh-panel.tsx';
import { useSession } from '../../session/session.tsx';

export function ConnectionPage() {
  const session = useSession();
  return (
    <div className="max-w-[760px]">
      <PageHeader
        title={m.connection.title}
        text={m.connection.text}
        actions={
          <a
            className={buttonClass('quiet')}
            href="/help/office365"
            target="_blank"
            rel="noreferrer"
          >
            {m.connection.help}
          </a>
        }
      />
      <ConnectionPanel />
      {session.organisation.connected ? (
        <Section title={m.connection.directory} text={m.wizard.refresh.text}>
          <RefreshPanel detailed />
        </Section>
      ) : null}
    </div>
  );
}
