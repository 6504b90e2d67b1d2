import './waiting.css';
import { useEffect, useState, type ReactNode } from 'react';

/** Faster answers show nothing in between: a flash of grey is worse than a short wait. Unit: ms. */
const SKELETON_AFTER = 150;

function useDelayed(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SKELETON_AFTER);
    return () => clearTimeout(timer);
  }, []);
  return late;
}

/** Grey bars in the shape of what comes. `label` is for screen readers. */
export function Skeleton({ rows, label }: { readonly rows: number; readonly label: string }) {
  const late = useDelayed();
  return (
    <div className="skeletons" aria-busy="true">
      <p className="visually-hidden">{label}</p>
      {late &&
        Array.from({ length: rows }, (_, index) => (
          <div className="skeleton" key={index} aria-hidden="true">
            <i />
            <i />
            <i />
          </div>
        ))}
    </div>
  );
}

/** The designed empty and error state: what is so, and the next step. */
export function Blank(props: {
  readonly heading: string;
  readonly text?: string;
  readonly children?: ReactNode;
  readonly alert?: boolean;
}) {
  return (
    <div className="blank" role={props.alert === true ? 'alert' : undefined}>
      <h2>{props.heading}</h2>
      {props.text !== undefined && <p>{props.text}</p>}
      {props.children}
    </div>
  );
}
