import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { navigate } from '../navigation.ts';
import { hrefOf, type Route } from '../router.ts';

type Anchor = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>;

/** A real link (new tab, long press and middle button work) that does not reload the page. */
export function Link({
  to,
  onFollow,
  ...rest
}: Anchor & { readonly to: Route; readonly onFollow?: (() => void) | undefined }) {
  function follow(event: MouseEvent<HTMLAnchorElement>): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    onFollow?.();
    navigate(to);
  }
  return <a {...rest} href={hrefOf(to)} onClick={follow} />;
}
