import { useEffect } from 'react';

/**
 * Keeps a full-screen element within what the keyboard of a phone leaves to see: iOS lays the keyboard over the page and
 * scrolls the rest away, so that a bar at the top would be out of reach.
 */
export function useVisiblePart(element: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const view = window.visualViewport;
    if (view === null) return undefined;
    const fit = (): void => {
      element.current?.style.setProperty('--visible-height', `${view.height}px`);
      element.current?.style.setProperty('--visible-top', `${view.offsetTop}px`);
    };
    fit();
    view.addEventListener('resize', fit);
    view.addEventListener('scroll', fit);
    return () => {
      view.removeEventListener('resize', fit);
      view.removeEventListener('scroll', fit);
    };
  }, [element]);
}
