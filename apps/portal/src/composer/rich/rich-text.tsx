import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { LinkField } from './link-field.tsx';
import { NOTHING_ON, RichEditor, type FormatState } from './rich-editor.ts';
import { Toolbar } from './toolbar.tsx';
import './rich-text.css';

interface RichTextProps {
  readonly html: string;
  /** Of the field, for those who do not see it. */
  readonly label: string;
  readonly takesFocus: boolean;
  readonly onChange: (html: string) => void;
}

/** The text of a message with light formatting. Loaded when somebody wants it. */
export function RichText({ html, label, takesFocus, onChange }: RichTextProps) {
  const field = useRef<HTMLDivElement>(null);
  const editor = useRef<RichEditor | null>(null);
  const change = useRef(onChange);
  const [state, setState] = useState<FormatState>(NOTHING_ON);
  const [isLinking, setLinking] = useState(false);
  const wantsFocus = useRef(takesFocus);

  // Before the next key: what is put in later would meet words that nobody has told of.
  useLayoutEffect(() => {
    if (field.current === null) return undefined;
    const created = new RichEditor(field.current, {
      onInput: (written) => change.current(written),
      onState: setState,
      onLink: () => setLinking(true),
    });
    editor.current = created;
    return () => {
      editor.current = null;
      created.destroy();
    };
  }, []);
  useLayoutEffect(() => {
    change.current = onChange;
  });
  useLayoutEffect(() => editor.current?.show(html), [html]);
  useEffect(() => {
    if (wantsFocus.current) editor.current?.focus();
  }, []);

  const closeLink = (): void => {
    setLinking(false);
    editor.current?.focus();
  };
  return (
    <>
      <div className="tool-bar">
        <Toolbar
          state={state}
          isLinking={isLinking}
          onToggle={(format) => editor.current?.toggle(format)}
          onLink={() => setLinking(!isLinking)}
        />
        {isLinking && (
          <LinkField
            link={state.link}
            onSet={(href) => {
              setLinking(false);
              editor.current?.link(href);
            }}
            onClose={closeLink}
          />
        )}
      </div>
      <div
        ref={field}
        className="rich"
        role="textbox"
        aria-multiline="true"
        aria-label={label}
        dir="auto"
      />
    </>
  );
}
