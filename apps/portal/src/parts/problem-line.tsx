/** What went wrong, told at once to whoever does not see it. */
export function ProblemLine({ text }: { readonly text: string | null }) {
  return (
    <div role="alert">
      {text !== null && (
        <p className="problem">
          <i className="dot problem" />
          {text}
        </p>
      )}
    </div>
  );
}
