import { useSyncExternalStore } from 'react';
import { hrefOf, isOwnPage, matchRoute, type OwnPage, type Route } from './router.ts';

const listeners = new Set<() => void>();

function address(): string {
  return `${location.pathname}${location.search}`;
}

let current: Route = matchRoute(address());

/** What is open behind a message being written. */
export type Background = Exclude<Route, { readonly page: 'write' | OwnPage }>;
let background: Background = isBackground(current)
  ? current
  : { page: 'folder', folder: 'inbox', itemId: null };

function isBackground(route: Route): route is Background {
  return route.page !== 'write' && !isOwnPage(route.page);
}

/** How many of our own pages lie behind this one: Back must never leave the mailbox by surprise. */
function depth(): number {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'depth' in state ? Number(state.depth) : 0;
}

let hasMoved = false;

/** Whether the place is still the one that the page was loaded at. */
export function isWhereLoaded(): boolean {
  return !hasMoved;
}

function readAddress(): void {
  hasMoved = true;
  current = matchRoute(address());
  if (isBackground(current)) background = current;
  for (const listener of listeners) listener();
}

/** Going back takes a moment: a second tap in it would leave one page more. Unit: ms. */
const GOING_BACK = 1_000;
let goingBackUntil = 0;

addEventListener('popstate', () => {
  goingBackUntil = 0;
  readAddress();
});

function isMessage(route: Route): boolean {
  return (route.page === 'folder' || route.page === 'search') && route.itemId !== null;
}

/** Whether the page was opened by a link to a message, or a message is open. */
export function showsMessage(): boolean {
  return isMessage(current);
}

/** Whether the page is one to type on, though its field may not be there yet. */
export function isForField(): boolean {
  if (current.page === 'write') return true;
  const isSearching = current.page === 'search' && current.itemId === null;
  return isSearching && document.querySelector('input[type=search]') === null;
}

export function navigate(to: Route, options: { readonly replace?: boolean } = {}): void {
  const href = hrefOf(to);
  if (href === address()) return;
  goingBackUntil = 0;
  // A message after a message takes its place, so that Back always leads to the list.
  const replaces = isMessage(current) && isMessage(to);
  if (options.replace === true || replaces) history.replaceState({ depth: depth() }, '', href);
  else history.pushState({ depth: depth() + 1 }, '', href);
  readAddress();
}

/** One step back if that stays inside the mailbox, else to the given place. */
export function goBack(otherwise: Route): void {
  const now = performance.now();
  if (now < goingBackUntil) return;
  if (depth() > 0) {
    goingBackUntil = now + GOING_BACK;
    history.back();
  } else navigate(otherwise, { replace: true });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, () => current);
}

export function useBackground(): Background {
  return useSyncExternalStore(subscribe, () => background);
}
