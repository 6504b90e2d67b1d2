import type { LinkDoubt } from './link-display.ts';

/** A letter higher than this scrolls within itself: browsers draw nothing beyond some height. Unit: px. */
const HIGHEST = 100_000;
/** A newsletter that is made smaller than this is read by scrolling sideways instead. */
const SMALLEST = 0.5;

/** Somebody pressed a link whose words do not say where it leads. */
export interface DoubtfulLink {
  readonly href: string;
  readonly reason: LinkDoubt['reason'];
  readonly leads: string;
  readonly says: string;
}

const REASONS: readonly LinkDoubt['reason'][] = ['other-host', 'look-alike', 'hides-host'];

interface FrameEvents {
  readonly onHeight: (px: number) => void;
  readonly onDoubt: (link: DoubtfulLink) => void;
}

/**
 * Measures now, when pictures arrive, when a quotation is unfolded, and when the phone is turned; keeps what is wider
 * than the screen within it. Resolves to what ends the watching.
 */
export function watchFrame(frame: HTMLIFrameElement, events: FrameEvents): () => void {
  let observer: ResizeObserver | null = null;
  function start(): void {
    observer?.disconnect();
    const page = frame.contentDocument;
    const body = page?.body;
    if (page === null || body === undefined) return;
    let width = 0;
    const measure = (): void => {
      if (frame.clientWidth !== width) {
        width = frame.clientWidth;
        fitWidth(body);
      }
      const height = Math.ceil(body.getBoundingClientRect().height);
      page.documentElement.style.overflow = height > HIGHEST ? 'auto' : '';
      events.onHeight(Math.min(height, HIGHEST));
    };
    observer = new ResizeObserver(measure);
    observer.observe(body);
    observer.observe(page.documentElement);
    const refit = (): void => {
      width = 0;
      measure();
    };
    // Pictures have no width before they are there.
    page.addEventListener('load', refit, true);
    page.addEventListener('keydown', passOn);
    page.addEventListener('click', (event) => question(event, events.onDoubt));
    measure();
  }
  frame.addEventListener('load', start);
  start();
  return () => {
    frame.removeEventListener('load', start);
    observer?.disconnect();
  };
}

/** Senders lay out for 600 px. A screen of 390 shows it smaller, all of it, rather than a part. */
function fitWidth(body: HTMLElement): void {
  body.style.zoom = '';
  body.style.overflowX = '';
  const room = body.clientWidth;
  const needed = body.scrollWidth;
  if (room === 0 || needed <= room + 1) return;
  const zoom = Math.max(SMALLEST, room / needed);
  body.style.zoom = String(zoom);
  body.style.overflowX = 'auto';
}

/** Shortcuts work although the focus is in the letter. */
function passOn(event: KeyboardEvent): void {
  if (event.key !== 'Escape' && event.key.length !== 1) return;
  const { key, ctrlKey, metaKey, altKey } = event;
  dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, metaKey, altKey, cancelable: true }));
}

function question(event: MouseEvent, onDoubt: (link: DoubtfulLink) => void): void {
  const target: unknown = event.target;
  // Of the frame's own realm: `instanceof` of this one would be false.
  if (typeof target !== 'object' || target === null || !('closest' in target)) return;
  const link = (target as Element).closest<HTMLAnchorElement>('a[data-leads]');
  if (link === null) return;
  event.preventDefault();
  const { doubt = '', leads = '', says = '' } = link.dataset;
  onDoubt({
    href: link.href,
    reason: REASONS.find((each) => each === doubt) ?? 'other-host',
    leads,
    says,
  });
}
