import { ICON_STROKE } from '@holdfast/design/icons';

/** Here and not among the icons of the first page, which has no use for them. */
const TOOL_ICONS = {
  bold: 'M7.5 4.5h5.25a3.6 3.6 0 010 7.2H7.5zM7.5 11.7h6.15a3.9 3.9 0 010 7.8H7.5z',
  italic: 'M10.5 4.5h7M6.5 19.5h7M14.5 4.5l-5 15',
  bullets: 'M9.5 6h10.5M9.5 12h10.5M9.5 18h10.5M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  numbers:
    'M10.5 6h9.5M10.5 12h9.5M10.5 18h9.5M4 4.5l1.5-1v5.5M3.5 15.5c.3-1.4 3-1.5 3 .2 0 1.4-3 2.2-3 4.3h3.2',
  quote: 'M5 5v14M10 8h10M10 12h10M10 16h6',
  link: 'M10 14.5a4 4 0 005.7 0l3-3a4 4 0 00-5.7-5.7l-1.2 1.2M14 9.5a4 4 0 00-5.7 0l-3 3A4 4 0 0011 18.2l1.2-1.2',
} as const;

export type ToolIconName = keyof typeof TOOL_ICONS;

export function ToolIcon({ name }: { readonly name: ToolIconName }) {
  const stroke = name === 'bold' ? 2.2 : ICON_STROKE;
  return (
    <svg className="i" viewBox="0 0 24 24" strokeWidth={stroke} aria-hidden="true">
      <path d={TOOL_ICONS[name]} />
    </svg>
  );
}
