import type {
  FOLDER_COUNTED_TO as CountedTo,
  MAILBOX_FOLDERS as Folders,
  MAX_ATTACHMENTS as Attachments,
  MAX_QUERY_LENGTH as Query,
  MAX_SIGNATURE as Signature,
  MAX_SUBMISSION_BYTES as Bytes,
  MIN_PASSWORD_LENGTH as Password,
  UNDO_CHOICES as Undo,
  UPLOAD_PIECE_BYTES as Piece,
} from '@holdfast/contracts';

/** Values of the contracts that the pages need, put in by Vite so that the schemas beside them stay on the server. */
export interface Limits {
  readonly FOLDER_COUNTED_TO: typeof CountedTo;
  readonly MAILBOX_FOLDERS: typeof Folders;
  readonly MAX_ATTACHMENTS: typeof Attachments;
  readonly MAX_QUERY_LENGTH: typeof Query;
  readonly MAX_SIGNATURE: typeof Signature;
  readonly MAX_SUBMISSION_BYTES: typeof Bytes;
  readonly MIN_PASSWORD_LENGTH: typeof Password;
  readonly UNDO_CHOICES: typeof Undo;
  readonly UPLOAD_PIECE_BYTES: typeof Piece;
}

declare const __LIMITS__: Limits;

export const {
  FOLDER_COUNTED_TO,
  MAILBOX_FOLDERS,
  MAX_ATTACHMENTS,
  MAX_QUERY_LENGTH,
  MAX_SIGNATURE,
  MAX_SUBMISSION_BYTES,
  MIN_PASSWORD_LENGTH,
  UNDO_CHOICES,
  UPLOAD_PIECE_BYTES,
} = __LIMITS__;
