import type { ButtonHTMLAttributes, ReactNode } from 'react';
import type { AdminDuty } from '@holdfast/contracts';
import type { IconName } from '@holdfast/design/icons';
import { useMay } from '../session/session.tsx';
import { Icon } from './icon.tsx';

export type ButtonLook = 'plain' | 'primary' | 'problem' | 'quiet';

const LOOK: Readonly<Record<ButtonLook, string>> = {
  plain: 'border-line-strong bg-surface hover:bg-hover',
  primary: 'border-accent bg-accent text-on-accent hover:bg-accent-hover hover:border-accent-hover',
  problem: 'border-problem bg-problem text-on-problem hover:bg-problem-hover',
  quiet: 'border-transparent bg-transparent text-text-2 hover:bg-hover hover:text-text',
};

/** Also for links that look like buttons. */
export function buttonClass(look: ButtonLook = 'plain'): string {
  return `inline-flex min-h-[34px] items-center justify-center gap-2 rounded-control border px-3.5 font-medium transition-colors duration-(--motion) disabled:pointer-events-none disabled:opacity-55 aria-disabled:opacity-55 max-md:min-h-10 max-md:py-1 md:whitespace-nowrap ${LOOK[look]}`;
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: ButtonLook;
  readonly icon?: IconName;
  /** Work is under way: says so and takes no second press. */
  readonly busy?: boolean;
  /** Whose role does not include it does not see the button. */
  readonly duty?: AdminDuty;
  readonly children: ReactNode;
}

export function Button({
  look,
  icon,
  busy = false,
  duty,
  children,
  className,
  ...rest
}: ButtonProps) {
  if (!useMay(duty)) return null;
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      disabled={rest.disabled === true || busy}
      className={`${buttonClass(look)} ${className ?? ''}`}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </button>
  );
}

/** Only an icon to see; the label is for everyone else. */
export function IconButton({
  icon,
  label,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly icon: IconName;
  readonly label: string;
}) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className="inline-grid size-8 flex-none place-items-center rounded-control text-text-2 hover:bg-hover hover:text-text disabled:opacity-50 max-md:size-10"
    >
      <Icon name={icon} />
    </button>
  );
}
