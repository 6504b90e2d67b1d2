import { m } from '../messages/catalogue.ts';
import { AppLink } from '../ui/app-link.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { useDocumentTitle } from '../ui/page.tsx';

export function NotFound() {
  useDocumentTitle(m.problem.notFound);
  return (
    <main className="mx-auto max-w-[520px] px-4 py-16">
      <h1>{m.problem.notFound}</h1>
      <p className="mt-2 mb-5 text-text-2">{m.problem.notFoundText}</p>
      <AppLink href="/" className={buttonClass('primary')}>
        {m.problem.toOverview}
      </AppLink>
    </main>
  );
}

export function Crashed() {
  useDocumentTitle(m.problem.crashed);
  return (
    <main className="mx-auto max-w-[520px] px-4 py-16" role="alert">
      <h1>{m.problem.crashed}</h1>
      <p className="mt-2 mb-5 text-text-2">{m.problem.crashedText}</p>
      <Button look="primary" onClick={() => globalThis.location.reload()}>
        {m.problem.reload}
      </Button>
    </main>
  );
}
