import { en } from '../messages/en.ts';
import { Icon } from '../parts/icon.tsx';
import { sizeText } from '../sizes.ts';
import type { Attachment } from './use-attachments.ts';

export function AttachmentList(props: {
  readonly attachments: readonly Attachment[];
  readonly onRemove: (key: string) => void;
  readonly onRetry: (key: string) => void;
}) {
  if (props.attachments.length === 0) return null;
  return (
    <ul className="files" aria-label={en.composer.attachments}>
      {props.attachments.map((each) => (
        <li key={each.key}>
          <Icon name="clip" />
          <bdi>{each.fileName}</bdi>
          <span className="num">
            {each.status.kind === 'uploading'
              ? en.composer.uploading(Math.round(each.status.share * 100))
              : sizeText(each.size)}
          </span>
          <button
            type="button"
            className="icon"
            aria-label={en.composer.remove(each.fileName)}
            onClick={() => props.onRemove(each.key)}
          >
            <Icon name="close" />
          </button>
          {each.status.kind === 'uploading' && (
            <progress value={each.status.share} max={1} aria-label={each.fileName} />
          )}
          {each.status.kind === 'failed' && (
            <p className="error" role="alert">
              <i className="dot problem" />
              {en.composer.uploadFailed} {each.status.message}{' '}
              <button type="button" className="link" onClick={() => props.onRetry(each.key)}>
                {en.composer.retryUpload(each.fileName)}
              </button>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
