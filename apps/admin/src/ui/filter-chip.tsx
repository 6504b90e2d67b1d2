import { Menu } from '@base-ui/react/menu';
import { m } from '../messages/catalogue.ts';
import { Icon } from './icon.tsx';

export interface FilterOption {
  readonly value: string;
  readonly label: string;
}

/** A filter of a list: dashed while off, tinted with its value while on, one press to take it off. */
export function FilterChip({
  label,
  summary,
  options,
  chosen,
  single = false,
  onChange,
}: {
  readonly label: string;
  /** What is chosen, in words; null while the filter is off. */
  readonly summary: string | null;
  readonly options: readonly FilterOption[];
  readonly chosen: readonly string[];
  readonly single?: boolean;
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const on = summary !== null;
  const toggle = (value: string, checked: boolean) => {
    const rest = single ? [] : chosen.filter((entry) => entry !== value);
    onChange(checked ? [...rest, value] : rest);
  };
  return (
    <span
      className={`inline-flex h-[34px] max-w-full items-stretch rounded-control max-md:h-10 ${on ? 'bg-accent-soft text-accent-text' : 'border border-dashed border-line-control text-text-2'}`}
    >
      <Menu.Root>
        <Menu.Trigger
          className={`truncate rounded-control px-3 hover:text-text ${on ? 'pr-1 font-medium' : ''}`}
        >
          {on ? `${label}: ${summary}` : label}
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={6} align="start" className="z-30 outline-none">
            <Menu.Popup className="min-w-[12rem] rounded-surface border border-line bg-surface p-1 shadow-float outline-none">
              {options.map((option) => (
                <Menu.CheckboxItem
                  key={option.value}
                  checked={chosen.includes(option.value)}
                  closeOnClick={single}
                  onCheckedChange={(checked) => toggle(option.value, checked)}
                  className="flex min-h-[34px] cursor-default items-center gap-2 rounded-control px-2 outline-none data-highlighted:bg-hover"
                >
                  <span className="inline-grid w-5 place-items-center">
                    <Menu.CheckboxItemIndicator>
                      <Icon name="check" size={16} />
                    </Menu.CheckboxItemIndicator>
                  </span>
                  {option.label}
                </Menu.CheckboxItem>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {on ? (
        <button
          type="button"
          aria-label={m.users.remove(label)}
          className="inline-grid w-8 place-items-center rounded-control hover:text-text"
          onClick={() => onChange([])}
        >
          <Icon name="close" size={14} />
        </button>
      ) : null}
    </span>
  );
}
