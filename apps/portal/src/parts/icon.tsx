import { ICON_STROKE, ICONS, MARK, MARK_STROKE, type IconName } from '@holdfast/design/icons';

/** Decoration beside words, or inside a button that has a label of its own: never announced. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="i" viewBox="0 0 24 24" strokeWidth={ICON_STROKE} aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}

export function Mark() {
  return (
    <svg className="i mark" viewBox="0 0 24 24" strokeWidth={MARK_STROKE} aria-hidden="true">
      <path d={MARK} />
    </svg>
  );
}
