import Squire from 'squire-rte';
import { caretPlace, pointAt } from './caret-place.ts';
import { Echoes } from './echoes.ts';
import { richFragment } from './rich-fragment.ts';

/** What of it is on where the cursor is. */
export interface FormatState {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly bullets: boolean;
  readonly numbers: boolean;
  readonly quote: boolean;
  /** Where the link leads; null: none. */
  readonly link: string | null;
}

export type Format = 'bold' | 'italic' | 'bullets' | 'numbers' | 'quote';

export const NOTHING_ON: FormatState = {
  bold: false,
  italic: false,
  bullets: false,
  numbers: false,
  quote: false,
  link: null,
};

interface EditorEvents {
  readonly onInput: (html: string) => void;
  readonly onState: (state: FormatState) => void;
  readonly onLink: () => void;
}

/** Keys of the editor for what is not sent. */
const WITHOUT = ['u', 'd', 'Shift-5', 'Shift-6', 'Shift-7'];
/** Asked for by menus of phones and by programs that help to write. */
const SENT_FORMATS: ReadonlySet<string> = new Set(['formatBold', 'formatItalic']);

/** The editor around one element: nothing gets in but light rich text, and nothing else can be made. */
export class RichEditor {
  readonly #root: HTMLElement;
  readonly #squire: Squire;
  readonly #stop = new AbortController();
  #known = '';
  readonly #echoes = new Echoes();
  /** As it was when the editor was asked for a new line; null: asked for something else. */
  #beforeLine: FormatState | null = null;

  constructor(root: HTMLElement, events: EditorEvents) {
    this.#root = root;
    this.#intercept();
    this.#squire = new Squire(root, { sanitizeToDOMFragment: (html) => richFragment(html) });
    // Called in turn, after the editor's own.
    this.#squire.addEventListener('beforeinput', () => this.#keepFormats());
    for (const modifier of ['Ctrl-', 'Meta-']) {
      for (const key of WITHOUT) this.#squire.setKeyHandler(modifier + key, ignore);
      this.#squire.setKeyHandler(`${modifier}k`, (_squire, event) => {
        event.preventDefault();
        events.onLink();
      });
    }
    for (const name of ['pathChange', 'select', 'cursor'])
      this.#squire.addEventListener(name, () => events.onState(this.state()));
    this.#squire.addEventListener('input', () => {
      const html = this.#squire.getHTML();
      if (html === this.#known) return;
      this.#known = html;
      this.#echoes.tell(html);
      events.onInput(html);
      events.onState(this.state());
    });
  }

  /** Before the editor hears of them: new lines, formats that are not sent, and text that is dropped as it came. */
  #intercept(): void {
    const options = { capture: true, signal: this.#stop.signal } as const;
    this.#root.addEventListener(
      'beforeinput',
      (event) => {
        this.#beforeLine = event.inputType === 'insertParagraph' ? this.state() : null;
        if (!event.inputType.startsWith('format') || SENT_FORMATS.has(event.inputType)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      options,
    );
    this.#interceptDrops(options);
  }

  #interceptDrops(options: { readonly capture: true; readonly signal: AbortSignal }): void {
    let isOwnDrag = false;
    this.#root.addEventListener('dragstart', () => (isOwnDrag = true), options);
    this.#root.addEventListener('dragend', () => (isOwnDrag = false), options);
    this.#root.addEventListener(
      'drop',
      (event) => {
        const data = event.dataTransfer;
        if (isOwnDrag || data === null || data.types.includes('Files')) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        const html = data.getData('text/html');
        if (html === '') this.#squire.insertPlainText(data.getData('text/plain'), true);
        else this.#squire.insertHTML(html, true);
      },
      options,
    );
  }

  /**
   * The editor begins a line as the words before it are, also where its writer has just switched that off. It is put right
   * before the event ends: what is left for later meets the next keys of a fast writer.
   */
  #keepFormats(): void {
    const before = this.#beforeLine;
    if (before === null) return;
    const now = this.state();
    for (const format of ['bold', 'italic'] as const)
      if (now[format] !== before[format]) this.toggle(format);
  }

  /** No edit: it came from elsewhere. Who is writing goes on where they are. */
  show(html: string): void {
    if (this.#echoes.isEcho(html) || html === this.#known) return;
    this.#echoes.forget();
    const range = this.#squire.getSelection();
    const from = caretPlace(this.#root, range.startContainer, range.startOffset);
    const to = caretPlace(this.#root, range.endContainer, range.endOffset);
    this.#squire.setHTML(html);
    this.#known = this.#squire.getHTML();
    const start = from === null ? null : pointAt(this.#root, from);
    const end = to === null ? null : pointAt(this.#root, to);
    if (start === null) return;
    range.setStart(...start);
    range.setEnd(...(end ?? start));
    this.#squire.setSelection(range);
  }

  state(): FormatState {
    const has = (tag: string): boolean => this.#squire.hasFormat(tag);
    return {
      bold: has('B'),
      italic: has('I'),
      bullets: has('UL'),
      numbers: has('OL'),
      quote: has('BLOCKQUOTE'),
      link: this.#linkHere(),
    };
  }

  #linkHere(): string | null {
    const { startContainer } = this.#squire.getSelection();
    const element =
      startContainer instanceof Element ? startContainer : startContainer.parentElement;
    return element?.closest('a')?.getAttribute('href') ?? null;
  }

  toggle(format: Format): void {
    const squire = this.#squire;
    const isOn = this.state()[format];
    switch (format) {
      case 'bold':
        return done(isOn ? squire.removeBold() : squire.bold());
      case 'italic':
        return done(isOn ? squire.removeItalic() : squire.italic());
      case 'bullets':
        return done(isOn ? squire.removeList() : squire.makeUnorderedList());
      case 'numbers':
        return done(isOn ? squire.removeList() : squire.makeOrderedList());
      case 'quote':
        return done(isOn ? squire.decreaseQuoteLevel() : squire.increaseQuoteLevel());
    }
  }

  link(href: string | null): void {
    this.#squire.focus();
    done(href === null ? this.#squire.removeLink() : this.#squire.makeLink(href));
  }

  focus(): void {
    this.#squire.focus();
  }

  destroy(): void {
    this.#stop.abort();
    this.#squire.destroy();
  }
}

function ignore(_squire: Squire, event: KeyboardEvent): void {
  event.preventDefault();
}

/** They return the editor, for a chain. */
function done(squire: Squire): void {
  squire.focus();
}
