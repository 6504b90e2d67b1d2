import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { m } from '../messages/catalogue.ts';
import { Icon } from './icon.tsx';

/** Floats over the page; a sheet from below on a phone. Focus goes in and comes back. */
export function Dialog({
  open,
  onClose,
  title,
  text,
  wide = false,
  footer,
  children,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly text?: string;
  readonly wide?: boolean;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-(--motion) data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={`fixed z-50 flex max-h-[min(86dvh,760px)] flex-col rounded-surface border border-line bg-surface shadow-float outline-none transition-[opacity,translate] duration-(--motion) data-ending-style:opacity-0 data-starting-style:opacity-0 max-md:inset-x-2 max-md:bottom-2 md:top-[8dvh] md:left-1/2 md:w-[min(92vw,var(--dialog))] md:-translate-x-1/2 ${wide ? 'md:[--dialog:680px]' : 'md:[--dialog:520px]'}`}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg">{title}</Base.Title>
              {text === undefined ? null : (
                <Base.Description className="mt-1 text-text-2">{text}</Base.Description>
              )}
            </div>
            <Base.Close
              aria-label={m.close}
              className="-mt-1 -mr-2 inline-grid size-9 flex-none place-items-center rounded-control text-text-2 hover:bg-hover"
            >
              <Icon name="close" />
            </Base.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer === undefined ? null : (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
