/** How a trick says what it would do; `fillIn` puts in what is its own. */
export interface Aims {
  /** A statement that tells that a script has run. */
  readonly run: string;
  /** Host that nothing else names. */
  readonly host: string;
}

export interface Trick {
  /** Unique, and stable as long as its class is. */
  readonly name: string;
  /** HTML with `{run}`, `{url}` (https), `{plain}` (http) and `{host}` in it. */
  readonly html: string;
  /** It swallows, closes or re-encodes what follows, so it cannot share a message with others. */
  readonly alone: boolean;
  /** As the part is labelled; UTF-8 where nothing is said. */
  readonly charset?: string;
  /** Bytes in place of the text, for tricks that are no text. */
  readonly bytes?: (aims: Aims) => Buffer;
}

export function fillIn(html: string, aims: Aims): string {
  return html
    .replaceAll('{run}', aims.run)
    .replaceAll('{url}', `https://${aims.host}`)
    .replaceAll('{plain}', `http://${aims.host}`)
    .replaceAll('{host}', aims.host);
}

export function tame(area: string, sources: readonly string[]): readonly Trick[] {
  return sources.map((html, at) => ({ name: `${area} ${at + 1}`, html, alone: false }));
}

export function lone(area: string, sources: readonly string[]): readonly Trick[] {
  return sources.map((html, at) => ({ name: `${area} ${at + 1}`, html, alone: true }));
}
