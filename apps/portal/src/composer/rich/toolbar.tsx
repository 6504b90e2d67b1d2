import { formatting as words } from '../../messages/en/formatting.ts';
import type { Format, FormatState } from './rich-editor.ts';
import { ToolIcon } from './tool-icon.tsx';

const FORMATS: readonly Format[] = ['bold', 'italic', 'bullets', 'numbers', 'quote'];
const KEYS: Partial<Record<Format, string>> = words.keys;

export function Toolbar(props: {
  readonly state: FormatState;
  readonly isLinking: boolean;
  readonly onToggle: (format: Format) => void;
  readonly onLink: () => void;
}) {
  const { state } = props;
  return (
    <div className="tools" role="group" aria-label={words.toolbar}>
      {FORMATS.map((format) => (
        <button
          key={format}
          type="button"
          className="icon"
          aria-label={words[format]}
          aria-pressed={state[format]}
          title={titleOf(words[format], KEYS[format])}
          // The text keeps the focus, and a phone its keyboard.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onToggle(format)}
        >
          <ToolIcon name={format} />
        </button>
      ))}
      <button
        type="button"
        className="icon"
        aria-label={words.link}
        aria-pressed={state.link !== null}
        aria-expanded={props.isLinking}
        title={titleOf(words.link, words.keys.link)}
        onMouseDown={(event) => event.preventDefault()}
        onClick={props.onLink}
      >
        <ToolIcon name="link" />
      </button>
    </div>
  );
}

function titleOf(name: string, keys: string | undefined): string {
  return keys === undefined ? name : `${name} (${keys})`;
}
