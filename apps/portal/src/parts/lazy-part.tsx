import { Component, Suspense, type ReactNode } from 'react';
import { en } from '../messages/en.ts';
import { Blank } from './waiting.tsx';

interface LazyPartProps {
  readonly fallback: ReactNode;
  readonly children: ReactNode;
  /** What is there works without it: one line says that it is missing. */
  readonly isExtra?: boolean;
}

/** A part that could not be fetched, for want of a connection or since a newer version took its place, is no dead page. */
export class LazyPart extends Component<LazyPartProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    const { fallback, children } = this.props;
    if (!this.state.hasFailed) return <Suspense fallback={fallback}>{children}</Suspense>;
    if (this.props.isExtra === true)
      return (
        <p className="strip" role="alert">
          {en.problems.partMissing}{' '}
          <button type="button" className="link" onClick={() => location.reload()}>
            {en.problems.reload}
          </button>
        </p>
      );
    return (
      <Blank heading={en.problems.partMissing} text={en.problems.partMissingText} alert>
        <button type="button" className="btn" onClick={() => location.reload()}>
          {en.problems.reload}
        </button>
      </Blank>
    );
  }
}
