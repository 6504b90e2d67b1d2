/**
 * What strangers write into HTML so that it runs, loads or deceives: the published classes (OWASP's cheat sheets,
 * cure53's HTML5 security sheet, the known mutations), written down anew. The server's sanitiser is tested with it here,
 * the whole product in a browser by `npm run prove -- hostile-html`.
 */
import { COVERS } from './covers.ts';
import { ENCODINGS } from './encodings.ts';
import { HANDLERS } from './handlers.ts';
import { LINKS } from './links.ts';
import { LOADING } from './loading.ts';
import { MUTATIONS_OF_MARKUP } from './mutations.ts';
import { SCRIPTS } from './scripts.ts';
import type { Trick } from './trick.ts';

export { fillIn } from './trick.ts';
export type { Aims, Trick } from './trick.ts';

export const HOSTILE_HTML: readonly Trick[] = [
  ...SCRIPTS,
  ...HANDLERS,
  ...LINKS,
  ...LOADING,
  ...MUTATIONS_OF_MARKUP,
  ...COVERS,
  ...ENCODINGS,
];
