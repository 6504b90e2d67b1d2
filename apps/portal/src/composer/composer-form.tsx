import type { PortalState } from '@holdfast/contracts';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { discardDraft, restoreDraft } from '../drafts/draft-session.ts';
import { changeDraft, loadDraft } from '../drafts/draft-store.ts';
import { isUnderWay } from '../drafts/upload-store.ts';
import { MAX_SUBMISSION_BYTES } from '../limits.ts';
import { composer as words } from '../messages/en/composer.ts';
import { en } from '../messages/en.ts';
import { goBack, navigate } from '../navigation.ts';
import { showSnack } from '../parts/snackbar.tsx';
import { sizeText } from '../sizes.ts';
import { AttachmentList } from './attachment-list.tsx';
import { CarriedParts } from './carried-parts.tsx';
import { ComposerBar } from './composer-bar.tsx';
import { DraftState } from './draft-state.tsx';
import { doubtsOf, type Doubt } from './doubts.ts';
import { FormattingQuestion } from './formatting-question.tsx';
import { MessageBody } from './message-body.tsx';
import { mayWrite } from '../session/may-write.ts';
import { obstacle } from './obstacle.ts';
import { RecipientFields } from './recipient-fields.tsx';
import { SignatureSwitch } from './signature-switch.tsx';
import { attachedBytes, useAttachments } from './use-attachments.ts';
import { useDroppedFiles } from './use-dropped-files.ts';
import { useFormatting } from './use-formatting.ts';
import { useSend } from './use-send.ts';
import { useWritingSettings } from './use-writing-settings.ts';

const inbox = { page: 'folder', folder: 'inbox', itemId: null } as const;

interface FormProps {
  readonly draft: Draft;
  readonly state: PortalState;
  readonly onClose: () => void;
}

export function ComposerForm({ draft, state, onClose }: FormProps) {
  const user = state.user?.address ?? '';
  const form = useRef<HTMLFormElement>(null);
  const files = useAttachments(user, draft.key);
  const settings = useWritingSettings();
  const change = (part: Partial<Draft>): void => changeDraft(user, draft.key, part);
  const sending = useSubmit(user, draft, state, files.choices.length > 0);
  const formatting = useFormatting(user, draft);
  const drop = useDroppedFiles((dropped) => void files.add(dropped));
  useFirstFocus(form, draft);
  const problem = sending.problem ?? files.refusal;
  /** The question goes, and the focus back to where it came from. */
  const answered = (answer: () => void) => (): void => {
    answer();
    form.current?.querySelector<HTMLElement>('.letters')?.focus();
  };
  return (
    <form
      ref={form}
      noValidate
      className={drop.isOver ? 'dropping' : undefined}
      onSubmit={(event) => {
        event.preventDefault();
        sending.submit();
      }}
      onKeyDown={sending.press}
      {...drop.handlers}
    >
      <ComposerBar
        draft={draft}
        isSending={sending.isPending}
        isDoubted={sending.doubts.length > 0}
        isFormatted={formatting.isOn}
        onClose={onClose}
        onFormatting={formatting.toggle}
        onFiles={(chosen) => void files.add(chosen)}
      />
      <div role="alert">
        {problem !== null && (
          <p className="problem">
            <i className="dot problem" />
            {problem}
          </p>
        )}
        {sending.doubts.length > 0 && (
          <p className="doubt">
            <i className="dot attention" />
            {sending.doubts.map((doubt) => words.doubts[doubt]).join(' ')}
          </p>
        )}
      </div>
      {formatting.isAsking && (
        <FormattingQuestion
          isQuoting={draft.about?.quote === true}
          onRemove={answered(formatting.turnOff)}
          onKeep={answered(formatting.keep)}
        />
      )}
      {draft.because !== null && <p className="strip">{words.because[draft.because]}</p>}
      {/* What was typed while it goes into the outbox would be in neither. */}
      <div className="scroller" inert={sending.isPending}>
        <RecipientFields
          draft={draft}
          isMissing={sending.problem === words.nobody}
          ownDomains={settings?.ownDomains ?? []}
          organisation={state.organisation ?? ''}
          onChange={change}
        />
        <SubjectField draft={draft} onChange={change} />
        <AttachmentList
          files={draft.uploads}
          choices={files.choices}
          onChoose={files.choose}
          onRemove={files.remove}
        />
        <CarriedParts draft={draft} onChange={(about) => change({ about })} />
        {attachedBytes(draft) > 0 && (
          <p className="hint num">
            {words.used(sizeText(attachedBytes(draft)), sizeText(MAX_SUBMISSION_BYTES))}
          </p>
        )}
        <MessageBody
          draft={draft}
          latest={formatting.latest}
          takesFocus={draft.to.length > 0}
          onChange={change}
        />
        <footer className="foot">
          <DraftState draft={draft} />
          <SignatureSwitch user={user} draft={draft} settings={settings} />
          <button type="button" className="link" onClick={() => discard(user, draft)}>
            {words.discard}
          </button>
        </footer>
      </div>
    </form>
  );
}

function discard(user: string, draft: Draft): void {
  goBack(inbox);
  if (!draft.isTouched) return;
  void discardDraft(user, draft);
  const undo = (): void => {
    void restoreDraft(draft).then(() => navigate({ page: 'write', draftKey: draft.key }));
  };
  showSnack({ text: en.composer.discarded, action: { label: en.actions.undo, run: undo } });
}

function SubjectField(props: {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
}) {
  return (
    <div className="subject">
      <label htmlFor="subject">{words.subject}</label>
      <input
        id="subject"
        type="text"
        maxLength={998}
        autoComplete="off"
        dir="auto"
        value={props.draft.subject}
        onInput={(event) => props.onChange({ subject: event.currentTarget.value })}
      />
    </div>
  );
}

/** Checks what stands in the way, asks once about what may have been forgotten, and hands the message to the outbox. */
function useSubmit(user: string, draft: Draft, state: PortalState, isChoosing: boolean) {
  const [problem, setProblem] = useState<string | null>(draft.refused ?? null);
  const [doubts, setDoubts] = useState<readonly Doubt[]>([]);
  const asked = useRef(new Set<Doubt>());
  const send = useSend(user);

  function submit(): void {
    if (send.isPending) return;
    // A half-typed address is taken when its field is left.
    if (document.activeElement instanceof HTMLElement && document.activeElement.role === 'combobox')
      document.activeElement.blur();
    const latest = loadDraft(user, draft.key) ?? draft;
    const stop = obstacle(latest, { isChoosing, mayWrite: mayWrite(state), isUnderWay });
    setProblem(stop);
    if (stop !== null) return setDoubts([]);
    const fresh = doubtsOf(latest).filter((doubt) => !asked.current.has(doubt));
    for (const doubt of fresh) asked.current.add(doubt);
    setDoubts(fresh);
    if (fresh.length === 0) void send.send(latest);
  }

  function press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  }

  return { problem, doubts, submit, press, isPending: send.isPending };
}

/** An answer begins above the quotation; anything else with its recipient. */
function useFirstFocus(form: { readonly current: HTMLFormElement | null }, draft: Draft): void {
  const wasTouched = useRef(draft.isTouched);
  useEffect(() => {
    // Somebody was faster.
    if (document.activeElement?.matches('input, textarea, [contenteditable]') === true) return;
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
