import { actions } from './en/actions.ts';
import { drill, event, leftSent } from './en/event.ts';
import { folders } from './en/folders.ts';
import { nav } from './en/frame.ts';
import { keyboard } from './en/keyboard.ts';
import { days, empty, list } from './en/list.ts';
import { meetings } from './en/meetings.ts';
import { page } from './en/page.ts';
import { people } from './en/people.ts';
import { problems } from './en/problems.ts';
import { readerPane } from './en/reader-pane.ts';
import { sending } from './en/sending.ts';
import { choose, closed, session } from './en/session.ts';

/** Every sentence of the portal, in English. Another language is another file of this shape. */
export const en = {
  product: page.title,
  folders,
  problems,
  session,
  choose,
  closed,
  meetings,
  leftSent,
  event,
  drill,
  list,
  days,
  empty,
  nav,
  keyboard,
  readerPane,
  actions,
  composer: sending,
  people,
} as const;
