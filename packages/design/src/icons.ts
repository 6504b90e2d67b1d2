/**
 * Icons and the mark as path data on a 24 px grid. No framework: each front end draws
 * `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor"><path d={ICONS.search} /></svg>` in its own way.
 * It must never hold components, colours or text.
 */

/** A holdfast: three strands of kelp meeting in one line. Stroke 1.75, readable at 16 px. */
export const MARK = 'M12 3v7M12 10c0 4-2 5-5 6s-3 3-3 5M12 10c0 4 2 5 5 6s3 3 3 5M12 10v11';

/** Stroke width of the mark and of the icons, in units of the 24 px grid. */
export const MARK_STROKE = 1.75;
export const ICON_STROKE = 1.6;

export const ICONS = {
  mark: MARK,
  alert: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  archive: 'M4 5h16v4H4zM5 9v10h14V9M10 13h4',
  folder: 'M4 6h6l2 2h8v11H4z',
  arrowDown: 'M12 5v14M6 13l6 6 6-6',
  arrowUp: 'M12 19V5M6 11l6-6 6 6',
  back: 'M20 12H4M10 6l-6 6 6 6',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6z',
  calendar: 'M5 6h14v14H5zM5 10h14M9 3.5V7M15 3.5V7',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  chevronDown: 'M6 9l6 6 6-6',
  chevronLeft: 'M15 6l-6 6 6 6',
  chevronRight: 'M9 6l6 6-6 6',
  clip: 'M8 12l6-6a3 3 0 014.5 4.5L10 19a5 5 0 01-7-7l8-8',
  clock: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17M12 7.5V12l3 2',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  flag: 'M6 21V4h12l-3 4 3 4H6',
  forward: 'M20 10l-6-6v4C7 8 4 12 4 20c2-5 5-7 10-7v4z',
  globe:
    'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01',
  inbox: 'M4 13l2.5-8h11L20 13v6H4zM4 13h5l1 2.5h4L15 13h5',
  info: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17M12 11v5M12 8h.01',
  junk: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16h.01',
  key: 'M8 11a4 4 0 100 8 4 4 0 000-8M11 12l8-8M16 7l3 3',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
  menu: 'M5 7h14M5 12h14M5 17h14',
  more: 'M5.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M11.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M17.5 12a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0',
  pen: 'M4 20l1-4L16 5l3 3L8 19z',
  people: 'M12 5a3.5 3.5 0 100 7 3.5 3.5 0 000-7M5 20c0-4 3-6 7-6s7 2 7 6',
  phone: 'M8 3h8v18H8zM11 18h2',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 01-12 0zM12 17v4',
  plus: 'M12 5v14M5 12h14',
  reply: 'M4 10l6-6v4c7 0 10 4 10 12-2-5-5-7-10-7v4z',
  replyAll: 'M8 10l5-5v3.5c5 0 8 3.5 8 10.5-1.5-4-4-6-8-6V16zM8 5l-5 5 5 5',
  search: 'M11 4.5a6.5 6.5 0 100 13 6.5 6.5 0 000-13M16 16l4 4',
  send: 'M4 12l16-8-5 16-4-6.5z',
  shield: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6z',
  signOut: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  star: 'M12 4l2.5 5.2 5.7.8-4.1 4 1 5.6L12 17l-5.1 2.6 1-5.6-4.1-4 5.7-.8z',
  sync: 'M4 12a8 8 0 0113.7-5.6L20 8M20 4v4h-4M20 12a8 8 0 01-13.7 5.6L4 16M4 20v-4h4',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  undo: 'M8 5L4 9l4 4M4 9h10a6 6 0 010 12h-3',
  users:
    'M9 4.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7M3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 4.8a3.5 3.5 0 010 6.4M18 14.5c2 .8 3 2.8 3 5.5',
} as const satisfies Record<string, string>;

export type IconName = keyof typeof ICONS;
