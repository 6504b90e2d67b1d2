import { useEffect, type RefObject } from 'react';

/** What sticks to the top of the page has to stay below the bar, however many lines it takes. */
export function useBarHeight(bar: RefObject<HTMLElement | null>, shown: boolean): void {
  useEffect(() => {
    const element = bar.current;
    const page = document.documentElement.style;
    if (!shown || element === null) return undefined;
    const observer = new ResizeObserver(() =>
      page.setProperty('--event-height', `${element.offsetHeight}px`),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      page.removeProperty('--event-height');
    };
  }, [bar, shown]);
}
