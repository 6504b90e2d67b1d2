import type { PortalState } from '@holdfast/contracts';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { MAX_SUBMISSION_BYTES } from '../limits.ts';
import { en } from '../messages/en.ts';
import { goBack } from '../navigation.ts';
import { Icon } from '../parts/icon.tsx';
import { showSnack } from '../parts/snackbar.tsx';
import { Blank } from '../parts/waiting.tsx';
import { sizeText } from '../sizes.ts';
import { AttachmentList } from './attachment-list.tsx';
import { loadDraft, removeDraft, saveDraft, type Draft } from './draft-store.ts';
import { RecipientField } from './recipient-field.tsx';
import { isAddress } from './recipients.ts';
import { attachedBytes, useAttachments } from './use-attachments.ts';
import { useSend } from './use-send.ts';
import './composer.css';

interface ComposerProps {
  readonly state: PortalState;
  readonly draftKey: string;
}

const inbox = { page: 'folder', folder: 'inbox', itemId: null } as const;

/** A native modal dialog: the page behind is inert, Escape closes, the focus returns. Full screen on a phone. */
export function Composer({ state, draftKey }: ComposerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const user = state.user?.address ?? '';
  const [draft] = useState(() => loadDraft(user, draftKey));
  // Before the effect of the form, which moves the focus to where writing begins.
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  const close = (): void => {
    const last = loadDraft(user, draftKey);
    if (last !== null && !last.isTouched) removeDraft(user, draftKey);
    goBack(inbox);
  };
  return (
    <dialog
      ref={dialog}
      className="composer"
      aria-labelledby="composer-heading"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      {draft === null ? (
        <Blank heading={en.composer.gone}>
          <button type="button" className="btn" onClick={close}>
            {en.keyboard.close}
          </button>
        </Blank>
      ) : (
        <ComposerForm draft={draft} state={state} onClose={close} />
      )}
    </dialog>
  );
}

function titleOf(draft: Draft): string {
  if (draft.about === null) return en.composer.title;
  return draft.about.mode === 'reply' ? en.composer.replyTitle : en.composer.forwardTitle;
}

/** The draft, kept in storage with every change. */
function useKeptDraft(initial: Draft, user: string) {
  const [draft, setDraft] = useState(initial);
  const latest = useRef(initial);
  function change(part: Partial<Draft>): void {
    latest.current = {
      ...latest.current,
      ...part,
      isTouched: true,
      refused: undefined,
      savedAt: new Date().toISOString(),
    };
    setDraft(latest.current);
    saveDraft(user, latest.current);
  }
  return { draft, latest, change };
}

/** What still stands in the way of sending, or null. */
function obstacle(draft: Draft, isUploading: boolean, mayWrite: boolean): string | null {
  if (!mayWrite) return en.composer.readOnly;
  if (draft.to.length === 0) return en.composer.nobody;
  const bad = [...draft.to, ...draft.cc].find((party) => !isAddress(party.address));
  if (bad !== undefined) return en.composer.badAddress(bad.address);
  return isUploading ? en.composer.waitUploads : null;
}

function ComposerForm(props: {
  readonly draft: Draft;
  readonly state: PortalState;
  readonly onClose: () => void;
}) {
  const user = props.state.user?.address ?? '';
  const { draft, latest, change } = useKeptDraft(props.draft, user);
  const [showCc, setShowCc] = useState(draft.cc.length > 0);
  const [problem, setProblem] = useState<string | null>(refusalOf(draft));
  const files = useAttachments(draft.uploads, draft.carried.bytes, (uploads) => {
    if (uploads.length !== latest.current.uploads.length) change({ uploads });
  });
  const form = useRef<HTMLFormElement>(null);
  const send = useSend(user);
  const picker = useRef<HTMLInputElement>(null);
  useFirstFocus(form, draft);

  function submit(): void {
    if (send.isPending) return;
    // A half-typed address is taken when its field is left.
    if (document.activeElement instanceof HTMLElement && document.activeElement.role === 'combobox')
      document.activeElement.blur();
    const uploading = files.attachments.some((each) => each.status.kind !== 'done');
    const stop = obstacle(latest.current, uploading, props.state.access === 'open');
    setProblem(stop);
    if (stop === null) void send.send(submission(latest.current), latest.current);
  }

  function press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={press}
    >
      <header className="bar">
        <button
          type="button"
          className="icon"
          aria-label={en.composer.close}
          onClick={props.onClose}
        >
          <Icon name="close" />
        </button>
        <h1 id="composer-heading">{titleOf(draft)}</h1>
        <span className="spring" />
        <button
          type="button"
          className="icon"
          aria-label={en.composer.attach}
          onClick={() => picker.current?.click()}
        >
          <Icon name="clip" />
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            files.add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        <button type="submit" className="btn primary" disabled={send.isPending}>
          <Icon name="send" />
          {send.isPending ? en.composer.sending : en.composer.send}
        </button>
      </header>
      <div role="alert">
        {(problem ?? files.refusal) !== null && (
          <p className="problem">
            <i className="dot problem" />
            {problem ?? files.refusal}
          </p>
        )}
      </div>
      <div className="scroller">
        <RecipientField
          label={en.composer.to}
          parties={draft.to}
          autoFocus={draft.to.length === 0}
          invalid={problem !== null && draft.to.length === 0}
          onChange={(to) => change({ to })}
        />
        {showCc ? (
          <RecipientField
            label={en.composer.cc}
            parties={draft.cc}
            autoFocus={false}
            invalid={false}
            onChange={(cc) => change({ cc })}
          />
        ) : (
          <button type="button" className="link add-cc" onClick={() => setShowCc(true)}>
            {en.composer.addCc}
          </button>
        )}
        <div className="subject">
          <label htmlFor="subject">{en.composer.subject}</label>
          <input
            id="subject"
            type="text"
            maxLength={998}
            autoComplete="off"
            dir="auto"
            value={draft.subject}
            onInput={(event) => change({ subject: event.currentTarget.value })}
          />
        </div>
        <AttachmentList
          attachments={files.attachments}
          onRemove={files.remove}
          onRetry={files.retry}
        />
        {files.attachments.length > 0 && (
          <p className="hint num">
            {en.composer.used(
              sizeText(attachedBytes(files.attachments) + draft.carried.bytes),
              sizeText(MAX_SUBMISSION_BYTES),
            )}
          </p>
        )}
        {draft.carried.count > 0 && (
          <p className="hint">
            {en.composer.carried(draft.carried.count, sizeText(draft.carried.bytes))}
          </p>
        )}
        <textarea
          aria-label={en.composer.text}
          dir="auto"
          value={draft.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
        <p className="hint foot">
          {draft.isTouched && en.composer.saved}
          <button
            type="button"
            className="link"
            onClick={() => {
              removeDraft(user, draft.key);
              showSnack({ text: en.composer.discarded });
              goBack(inbox);
            }}
          >
            {en.composer.discard}
          </button>
        </p>
      </div>
    </form>
  );
}

/** Why it came back from the outbox. */
function refusalOf({ refused }: Draft): string | null {
  return refused === undefined ? null : `${en.composer.notSent} ${refused}`;
}

function submission(draft: Draft) {
  return {
    key: draft.key,
    to: draft.to.map((party) => party.address),
    cc: draft.cc.map((party) => party.address),
    subject: draft.subject,
    text: draft.text,
    about: draft.about,
    uploadIds: draft.uploads.map((each) => each.id),
  };
}

/** An answer begins above the quotation; anything else with its recipient. */
function useFirstFocus(form: { readonly current: HTMLFormElement | null }, draft: Draft): void {
  const wasTouched = useRef(draft.isTouched);
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('[data-first]');
    const text = form.current?.querySelector('textarea');
    if (first !== null && first !== undefined) first.focus();
    else if (text !== null && text !== undefined) {
      text.focus();
      if (!wasTouched.current) text.setSelectionRange(0, 0);
      text.scrollTop = 0;
    }
  }, [form]);
}
