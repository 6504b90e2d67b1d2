/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { settle } from './watched-browser.ts';

export interface DeliveredLetter {
  readonly id: string;
  readonly subject: string;
}

/** Longer than any of them takes, also where everything else on the machine comes first. Milliseconds. */
const PATIENCE = 120_000;

/** What is wrong with a letter as it stands in its frame; told by looking, beside what the network tells. */
export async function openLetter(
  page: Page,
  letter: DeliveredLetter,
  patience = PATIENCE,
): Promise<readonly string[]> {
  await page.evaluate((path) => {
    history.replaceState(history.state, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/inbox/${letter.id}`);
  await page
    .waitForFunction(isOpen, letter.subject, { timeout: patience })
    .catch((error: unknown) => {
      throw new Error(`${letter.subject} was not shown within ${patience} ms`, { cause: error });
    });
  await settle(page);
  const faults = await page.evaluate(inspect);
  await settle(page);
  return faults;
}

/** Runs in the page. */
function isOpen(subject: string): boolean {
  const heading = document.querySelector('#message-heading');
  if (heading?.textContent !== subject) return false;
  const frame = document.querySelector<HTMLIFrameElement>('iframe.letter');
  return frame === null || frame.contentDocument?.readyState === 'complete';
}

/** Runs in the page. Also does what a person might: points, focuses and clicks at all there is, but for real links. */
function inspect(): readonly string[] {
  const frame = document.querySelector<HTMLIFrameElement>('iframe.letter');
  const letter = frame?.contentDocument;
  if (frame === null || letter === null || letter === undefined) return [];
  const faults: string[] = [];
  const view = frame.contentWindow;
  if (frame.getBoundingClientRect().height > 100_001) faults.push('the frame is too high');
  if (frame.sandbox.contains('allow-scripts')) faults.push('the frame may run scripts');
  const allowed = /^(?:https?|mailto|tel):/;
  for (const element of letter.body.querySelectorAll<HTMLElement>('*')) {
    for (const { name } of element.attributes) if (name.startsWith('on')) faults.push(name);
    if (element instanceof (view as unknown as typeof globalThis).HTMLAnchorElement) {
      const href = element.getAttribute('href');
      if (href !== null && !allowed.test(href)) faults.push(`a link to ${href.slice(0, 80)}`);
      if (href !== null && element.rel !== 'noopener noreferrer')
        faults.push('a link with an opener');
      if (href !== null && element.target !== '_blank') faults.push('a link in the same place');
    }
  }
  const few = [...letter.body.querySelectorAll<HTMLElement>('*')].slice(0, 300);
  for (const element of few) {
    const position = view?.getComputedStyle(element).position ?? '';
    if (position === 'fixed' || position === 'absolute' || position === 'sticky')
      faults.push(`${element.tagName} is ${position}`);
    for (const type of ['pointerover', 'mouseover', 'mousedown', 'mouseup', 'wheel', 'scroll'])
      element.dispatchEvent(new Event(type, { bubbles: true }));
    element.focus?.();
    if (element.closest('a[href]') === null) element.click?.();
  }
  return faults;
}
