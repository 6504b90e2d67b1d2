/** One file for what runs behind the pages, so that it is one request. */
export { startDrafts } from './draft-session.ts';
export { resumeUploads } from './upload-store.ts';
