/// <reference lib="dom" />
import { setTimeout } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { CPU_SLOWDOWN } from './weak-phone.ts';

export interface Flung {
  readonly frames: number;
  /** Frames before which the screen went past the rows that were drawn, and showed rows to come. */
  readonly ahead: number;
  /** Unit: px. */
  readonly distance: number;
}

/** One after the other, each while the list still moves. */
const THROWS = 4;
/** Between two of them. Unit: ms. */
const PAUSE = 250;
/** Where the finger is put down and let go, and in how many moves. Unit: px. */
const FINGER = { x: 195, high: 400, low: 740, moves: 5 } as const;
/** Between two moves, as the glass tells them. Unit: seconds. */
const MOVED_EVERY = 0.016;

/**
 * Throws the list of messages on by a finger with its momentum, on a processor four times as slow. The compositor scrolls
 * without waiting for the page: what was on the screen is what the page had drawn at its last frame, at the place where
 * the list is found at the next one.
 */
export async function fling(page: Page, direction: 'down' | 'up'): Promise<Flung> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.evaluate(watchFrames);
  const [start, end] = direction === 'down' ? [FINGER.low, FINGER.high] : [FINGER.high, FINGER.low];
  for (let thrown = 0; thrown < THROWS; thrown += 1) {
    await throwFrom(session, start, end);
    // The rhythm of a hand, not a wait for the page.
    await setTimeout(PAUSE);
  }
  const flung = await page.evaluate(() => window.holdfastFling());
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();
  return flung;
}

/**
 * What the list shows where its rows are not drawn yet: the least number of colours in any stretch of it as high as a
 * row. One colour would be an empty list.
 */
export async function coloursBehindRows(page: Page): Promise<number> {
  const hidden = await page.addStyleTag({ content: '#messages li { visibility: hidden; }' });
  const picture = await page.locator('#messages').screenshot();
  await hidden.evaluate((style) => style.parentNode?.removeChild(style));
  return page.evaluate(countColours, [...picture]);
}

async function countColours(picture: readonly number[]): Promise<number> {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(picture)]));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No canvas');
  context.drawImage(bitmap, 0, 0);
  // Above what floats at the bottom of the list.
  const heights = Math.floor((bitmap.height * 0.75) / 92);
  const counts = Array.from({ length: heights }, (_, at) => {
    const { data } = context.getImageData(0, at * 92, bitmap.width, 92);
    const colours = new Set<number>();
    for (let from = 0; from < data.length; from += 4)
      colours.add(((data[from] ?? 0) << 16) | ((data[from + 1] ?? 0) << 8) | (data[from + 2] ?? 0));
    return colours.size;
  });
  return Math.min(...counts);
}

/**
 * The finger is let go in motion, so that the list goes on by itself. By events of touch with times of their own: a slow
 * page would make a slow finger, and CDP's own scroll gesture scrolls nothing here.
 */
async function throwFrom(session: CDPSession, start: number, end: number): Promise<void> {
  const began = Date.now() / 1000;
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', move: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd'
          ? []
          : [{ x: FINGER.x, y: start + ((end - start) * move) / FINGER.moves }],
      timestamp: began + move * MOVED_EVERY,
    });
  await Promise.all([
    touch('touchStart', 0),
    ...Array.from({ length: FINGER.moves }, (_, at) => touch('touchMove', at + 1)),
    touch('touchEnd', FINGER.moves + 0.5),
  ]);
}

function watchFrames(): void {
  const found = document.getElementById('messages');
  if (found === null) throw new Error('There is no list');
  const list = found;
  const began = list.scrollTop;
  let [frames, ahead, still, isOver] = [0, 0, 0, false];
  let place = began;
  let drawn = drawnNow();

  /** Heights of the list that have rows in them now. */
  function drawnNow(): { readonly from: number; readonly to: number } {
    const top = list.scrollTop - list.getBoundingClientRect().top;
    const rows = [...list.querySelectorAll('li')].map((row) => row.getBoundingClientRect());
    const from = Math.min(...rows.map((row) => row.top)) + top;
    return { from, to: Math.max(...rows.map((row) => row.bottom)) + top };
  }

  function look(): void {
    const { scrollTop, clientHeight, firstElementChild } = list;
    const end = Math.min(scrollTop + clientHeight, firstElementChild?.clientHeight ?? 0);
    if (scrollTop < drawn.from - 1 || end > drawn.to + 1) ahead += 1;
    still = scrollTop === place ? still + 1 : 0;
    place = scrollTop;
    frames += 1;
    drawn = drawnNow();
    if (!isOver) requestAnimationFrame(look);
  }
  requestAnimationFrame(look);

  window.holdfastFling = async () => {
    while (still < 10) await new Promise((resolve) => requestAnimationFrame(resolve));
    isOver = true;
    return { frames, ahead, distance: Math.abs(list.scrollTop - began) };
  };
}

declare global {
  interface Window {
    holdfastFling: () => Promise<Flung>;
  }
}
