/** `en/` is what the code imports; the build for a language puts that language's file in its place (decision 0047). */
export type { Words } from '@holdfast/contracts';
