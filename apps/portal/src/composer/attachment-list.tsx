import type { DraftFile } from '../drafts/draft.ts';
import { retryUpload, useUploads, type UploadStatus } from '../drafts/upload-store.ts';
import { composer as words } from '../messages/en/composer.ts';
import { Icon } from '../parts/icon.tsx';
import { sizeText } from '../sizes.ts';
import type { PhotoChoice } from './use-attachments.ts';

export function AttachmentList(props: {
  readonly files: readonly DraftFile[];
  readonly choices: readonly PhotoChoice[];
  readonly onChoose: (choice: PhotoChoice, file: File | null) => void;
  readonly onRemove: (id: string) => void;
}) {
  const uploads = useUploads();
  if (props.files.length + props.choices.length === 0) return null;
  return (
    <ul className="files" aria-label={words.attachments}>
      {props.files.map((file) => (
        <li key={file.id}>
          <Icon name="clip" />
          <bdi>{file.fileName}</bdi>
          <span className="num">{sizeText(file.size)}</span>
          <button
            type="button"
            className="icon"
            aria-label={words.remove(file.fileName)}
            onClick={() => props.onRemove(file.id)}
          >
            <Icon name="close" />
          </button>
          {!file.isHere && <Progress file={file} status={uploads.get(file.id)} />}
        </li>
      ))}
      {props.choices.map((choice, at) => (
        // Phones call every photo alike.
        <PhotoQuestion
          key={`${choice.original.name} ${at}`}
          choice={choice}
          onChoose={props.onChoose}
        />
      ))}
    </ul>
  );
}

function Progress(props: { readonly file: DraftFile; readonly status: UploadStatus | undefined }) {
  const { file, status } = props;
  if (status === undefined) return <p className="note">{words.uploadElsewhere}</p>;
  if (status.kind === 'failed')
    return (
      <p className="error" role="alert">
        <i className="dot problem" />
        {words.uploadFailed} {status.message}{' '}
        <button type="button" className="link" onClick={() => retryUpload(file.id)}>
          {words.retryUpload(file.fileName)}
        </button>
      </p>
    );
  const received = status.kind === 'uploading' ? status.received : 0;
  const share = file.size === 0 ? 1 : received / file.size;
  const waits = status.kind === 'uploading' && status.waits;
  return (
    <>
      <progress value={share} max={1} aria-label={words.uploadOf(file.fileName)} />
      <p className="note num" role={waits ? 'status' : undefined}>
        {waits
          ? words.uploadWaits
          : status.kind === 'queued'
            ? words.uploadQueued
            : words.uploading(Math.floor(share * 100))}
      </p>
    </>
  );
}

function PhotoQuestion(props: {
  readonly choice: PhotoChoice;
  readonly onChoose: (choice: PhotoChoice, file: File | null) => void;
}) {
  const { choice, onChoose } = props;
  const { original, smaller } = choice;
  return (
    <li className="photo">
      <Icon name="clip" />
      <bdi>{original.name}</bdi>
      <span />
      <button
        type="button"
        className="icon"
        aria-label={words.remove(original.name)}
        onClick={() => onChoose(choice, null)}
      >
        <Icon name="close" />
      </button>
      <p className="sizes">
        <button type="button" className="btn" onClick={() => onChoose(choice, smaller)}>
          {words.smaller(sizeText(smaller.size))}
        </button>
        <button type="button" className="btn" onClick={() => onChoose(choice, original)}>
          {words.original(sizeText(original.size))}
        </button>
      </p>
    </li>
  );
}
