import { doubtOf, isMailLink, type LinkDoubt } from './link-display.ts';

/** A letter higher than this scrolls within itself: browsers draw nothing beyond some height. Unit: px. */
const HIGHEST = 100_000;
/** Letters of 16 px stay 12 px high: what is still wider is read by scrolling sideways. */
const SMALLEST = 0.75;
/** The frame's style sheet knows it; what senders name their own classes is gone. */
const NARROW = 'narrow';

/** Somebody pressed a link whose words do not say where it leads. */
export interface DoubtfulLink extends LinkDoubt {
  readonly href: string;
}

interface FrameEvents {
  readonly onHeight: (px: number) => void;
  readonly onDoubt: (link: DoubtfulLink) => void;
  /** Whether it has followed a link to an address. */
  readonly onMailLink: (href: string) => boolean;
}

/** Those that have their listeners. A frame keeps the document of before until the next has come. */
const watched = new WeakSet<Document>();

/**
 * Watches the document that comes into the frame before it is first drawn, since its pictures may take long. Measures
 * when its words are there, when pictures arrive, when a quotation is unfolded, and when the phone is turned; keeps what is
 * wider than the screen within it. Returns what ends the watching.
 */
export function watchFrame(frame: HTMLIFrameElement, events: FrameEvents): () => void {
  let observer: ResizeObserver | null = null;
  let refit: (() => void) | null = null;
  let next = 0;
  function start(): void {
    const page = frame.contentDocument;
    // Whatever its type says: a document that is still empty has no body.
    const body: HTMLElement | null = page?.body ?? null;
    // Every frame begins with an empty document that is none of ours.
    if (page === null || body === null || page.URL !== 'about:srcdoc' || watched.has(page)) return;
    watched.add(page);
    let width = 0;
    const measure = (): void => {
      // Half a letter is lower: where somebody has read to would be lost.
      if (page.readyState === 'loading') return;
      if (frame.clientWidth !== width) {
        width = frame.clientWidth;
        fitWidth(body);
      }
      const height = Math.ceil(body.getBoundingClientRect().height);
      page.documentElement.style.overflow = height > HIGHEST ? 'auto' : '';
      events.onHeight(Math.min(height, HIGHEST));
    };
    refit = () => {
      width = 0;
      measure();
    };
    observer?.disconnect();
    observer = new ResizeObserver(measure);
    observer.observe(body);
    observer.observe(page.documentElement);
    page.addEventListener('DOMContentLoaded', refit);
    // Pictures have no width before they are there.
    page.addEventListener('load', refit, true);
    page.addEventListener('keydown', passOn);
    const follow = (event: MouseEvent): void => followLink(event, events);
    page.addEventListener('click', follow);
    page.addEventListener('auxclick', follow);
    measure();
  }
  function look(): void {
    start();
    next = requestAnimationFrame(look);
  }
  function loaded(): void {
    start();
    // Of the document of before.
    if (refit === null) return;
    cancelAnimationFrame(next);
    refit();
  }
  frame.addEventListener('load', loaded);
  look();
  return () => {
    frame.removeEventListener('load', loaded);
    cancelAnimationFrame(next);
    observer?.disconnect();
  };
}

/**
 * Senders lay out for 600 px. On a screen of 390 their tables give way first, so that the letters keep their size; what is
 * still wider is shown smaller, as far as it can be read, and then scrolls sideways.
 */
function fitWidth(body: HTMLElement): void {
  body.className = '';
  body.style.zoom = '';
  body.style.overflowX = '';
  if (excessOf(body) <= 1) return;
  body.className = NARROW;
  const excess = excessOf(body);
  if (excess <= 1) return;
  body.style.zoom = String(Math.max(SMALLEST, body.clientWidth / (body.clientWidth + excess)));
  body.style.overflowX = 'auto';
}

/** How much wider the content is than the screen. Unit: px. */
function excessOf(body: HTMLElement): number {
  return body.clientWidth === 0 ? 0 : body.scrollWidth - body.clientWidth;
}

/** Shortcuts work although the focus is in the letter. */
function passOn(event: KeyboardEvent): void {
  if (event.key !== 'Escape' && event.key.length !== 1) return;
  const { key, ctrlKey, metaKey, altKey } = event;
  const told = { key, ctrlKey, metaKey, altKey, cancelable: true };
  if (!dispatchEvent(new KeyboardEvent('keydown', told))) event.preventDefault();
}

function followLink(event: MouseEvent, { onDoubt, onMailLink }: FrameEvents): void {
  // Of the frame's own realm: `instanceof` of this one would be false. The document itself is no element.
  const target = event.target as Partial<Element> | null;
  const link = target?.closest?.('a[href]') ?? null;
  // The right button opens a menu, and nothing else.
  if (link === null || event.button === 2) return;
  const href = link.getAttribute('href') ?? '';
  if (link.hasAttribute('data-leads')) {
    event.preventDefault();
    const doubt = doubtOf(link.textContent ?? '', href);
    if (doubt !== null) onDoubt({ href, ...doubt });
  } else if (isMailLink(href) && onMailLink(href)) event.preventDefault();
}
