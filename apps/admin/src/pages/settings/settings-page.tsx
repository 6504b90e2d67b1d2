import { m } from '../../messages/catalogue.ts';
import { PageHeader, Section } from '../../ui/page.tsx';
import { Administrators } from './administrators.tsx';
import { HelpdeskForm } from './helpdesk-form.tsx';

const words = m.settings;

export function SettingsPage() {
  return (
    <div className="max-w-[1000px]">
      <PageHeader title={words.title} text={words.text} />
      <Section title={words.helpdesk.title} text={words.helpdesk.text}>
        <HelpdeskForm />
      </Section>
      <Section title={words.administrators.title} text={words.administrators.text}>
        <Administrators />
      </Section>
    </div>
  );
}
