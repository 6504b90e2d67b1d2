import { m } from '../../messages/catalogue.ts';
import { PageHeader, Section } from '../../ui/page.tsx';
import { HelpdeskForm } from './helpdesk-form.tsx';

const words = m.settings;

export function SettingsPage() {
  return (
    <div className="max-w-[1000px]">
      <PageHeader title={words.title} text={words.text} />
      <Section title={words.helpdesk.title} text={words.helpdesk.text}>
        <HelpdeskForm />
      </Section>
    </div>
  );
}
