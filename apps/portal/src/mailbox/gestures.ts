/** A finger that stays is not a tap. Unit: ms. */
const HELD_FOR = 450;
/** A finger is never quite still. Unit: px. */
const STILL = 10;
/** A click that belongs to a gesture comes within this, or not at all. Unit: ms. */
const CLICK_WITHIN = 400;
/** From here on letting go does what the swipe shows, and the pull looks for new mail. Unit: px. */
const SWIPED = 88;
const PULLED = 72;
/** The list follows a pull with resistance. */
const RESISTANCE = 0.45;

export interface ListGestures {
  readonly onHold: (itemId: string) => void;
  /** `start` is towards the end of the line in English: the row moves to the right. */
  readonly onSwipe: (itemId: string, to: 'start' | 'end') => void;
  /** Which ways this row can be swiped now. */
  readonly swipes: (itemId: string) => { readonly start: boolean; readonly end: boolean };
  readonly onPull: () => void;
  /** How far the list is pulled, from 0; 1 and more: letting go looks for new mail. */
  readonly showPull: (share: number) => void;
}

interface Touch {
  readonly row: HTMLElement | null;
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly atTop: boolean;
  kind: 'undecided' | 'scroll' | 'swipe' | 'pull' | 'held';
  by: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Gestures of a finger on a list, each with an equal that is none: boxes and their bar for holding and swiping, the
 * button in the head for pulling. Listens on the list alone, however many rows it has. Returns how to stop.
 */
export function followGestures(list: HTMLElement, gestures: ListGestures): () => void {
  let touch: Touch | null = null;
  /** The row of a gesture: the click that the same finger makes there opens nothing. Any other is meant. */
  let swallow: HTMLElement | null = null;
  let forgetting: ReturnType<typeof setTimeout> | undefined;

  function begin(event: TouchEvent): void {
    end(false);
    const [finger, second] = event.touches;
    if (finger === undefined || second !== undefined || !(event.target instanceof Element)) return;
    forget();
    const link = event.target.closest<HTMLElement>('[data-item]');
    const id = link?.dataset['item'] ?? '';
    const current: Touch = {
      row: link?.parentElement ?? null,
      id,
      x: finger.clientX,
      y: finger.clientY,
      atTop: list.scrollTop <= 0,
      kind: 'undecided',
      by: 0,
      timer: undefined,
    };
    if (link !== null)
      current.timer = setTimeout(() => {
        current.kind = 'held';
        swallow = current.row;
        gestures.onHold(id);
      }, HELD_FOR);
    touch = current;
  }

  function move(event: TouchEvent): void {
    const [finger] = event.touches;
    if (touch === null || finger === undefined) return;
    const [dx, dy] = [finger.clientX - touch.x, finger.clientY - touch.y];
    if (touch.kind === 'undecided') decide(touch, dx, dy);
    if (touch.kind === 'swipe') {
      event.preventDefault();
      const allowed = gestures.swipes(touch.id);
      touch.by = (dx > 0 ? allowed.start : allowed.end) ? dx : 0;
      showSwipe(touch.row, touch.by);
    } else if (touch.kind === 'pull') {
      event.preventDefault();
      touch.by = Math.max(0, dy * RESISTANCE);
      gestures.showPull(touch.by / PULLED);
    }
  }

  function decide(current: Touch, dx: number, dy: number): void {
    if (Math.abs(dx) < STILL && Math.abs(dy) < STILL) return;
    clearTimeout(current.timer);
    const isAcross = Math.abs(dx) > Math.abs(dy) * 1.5;
    const allowed = gestures.swipes(current.id);
    if (isAcross && current.row !== null && (allowed.start || allowed.end)) {
      current.kind = 'swipe';
      swallow = current.row;
    } else if (!isAcross && dy > 0 && current.atTop) current.kind = 'pull';
    else current.kind = 'scroll';
  }

  function end(completes: boolean): void {
    if (touch === null) return;
    const { kind, by, row, id, timer } = touch;
    touch = null;
    clearTimeout(timer);
    forgetting = setTimeout(forget, CLICK_WITHIN);
    showSwipe(row, 0);
    if (kind === 'pull') {
      gestures.showPull(0);
      if (completes && by >= PULLED) gestures.onPull();
    }
    if (kind === 'swipe' && completes && Math.abs(by) >= SWIPED)
      gestures.onSwipe(id, by > 0 ? 'start' : 'end');
  }

  function forget(): void {
    clearTimeout(forgetting);
    swallow = null;
  }
  function click(event: MouseEvent): void {
    const row = swallow;
    // What a keyboard or a screen reader presses has no count, a finger's click has.
    if (row === null || event.detail === 0 || !event.composedPath().includes(row)) return;
    forget();
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  function menu(event: Event): void {
    if (touch !== null) event.preventDefault();
  }
  const lift = (): void => end(true);
  const cancel = (): void => end(false);

  list.addEventListener('touchstart', begin, { passive: true });
  list.addEventListener('touchmove', move, { passive: false });
  list.addEventListener('touchend', lift);
  list.addEventListener('touchcancel', cancel);
  list.addEventListener('click', click, { capture: true });
  list.addEventListener('contextmenu', menu);
  return () => {
    end(false);
    forget();
    list.removeEventListener('touchstart', begin);
    list.removeEventListener('touchmove', move);
    list.removeEventListener('touchend', lift);
    list.removeEventListener('touchcancel', cancel);
    list.removeEventListener('click', click, { capture: true });
    list.removeEventListener('contextmenu', menu);
  };
}

function showSwipe(row: HTMLElement | null, by: number): void {
  if (row === null) return;
  row.classList.toggle('swiping', by !== 0);
  row.classList.toggle('to-end', by < 0);
  row.classList.toggle('enough', Math.abs(by) >= SWIPED);
  if (by === 0) row.style.removeProperty('--by');
  else row.style.setProperty('--by', `${by}px`);
}
