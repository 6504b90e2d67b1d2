import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { m } from '../messages/catalogue.ts';
import { Icon } from './icon.tsx';

const manager = Toast.createToastManager();

/** Long enough to reach an undo without hurry (WCAG 2.2 2.2.1: the act can also be repeated from the page). Unit: ms. */
const SHOWN_FOR = 8_000;

/** Says that something is done, in a live region; with a way back where there is one. */
export function toast(title: string, undo?: { readonly label: string; run: () => void }): void {
  const id = manager.add({
    title,
    timeout: SHOWN_FOR,
    ...(undo === undefined
      ? {}
      : {
          actionProps: {
            children: undo.label,
            onClick: () => {
              manager.close(id);
              undo.run();
            },
          },
        }),
  });
}

export function Toasts({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="print:hidden fixed right-4 bottom-4 z-60 grid w-[min(92vw,380px)] gap-2 max-md:right-2 max-md:left-2 max-md:w-auto">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((entry) => (
    <Toast.Root
      key={entry.id}
      toast={entry}
      className="rounded-surface border border-line-strong bg-surface shadow-float transition-opacity duration-(--motion) data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-3 py-2 pr-2 pl-4">
        <Toast.Title className="flex-1 text-base font-normal" />
        <Toast.Action className="min-h-[34px] rounded-control px-2.5 font-medium text-accent-text hover:bg-hover" />
        <Toast.Close
          aria-label={m.close}
          className="inline-grid size-8 place-items-center rounded-control text-text-2 hover:bg-hover"
        >
          <Icon name="close" size={16} />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
