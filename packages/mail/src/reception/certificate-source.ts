import type { Log } from '@holdfast/application';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import { describeError } from '../spool/file-system.ts';

export interface CertificateFiles {
  /** PEM, the whole chain. */
  readonly certificate: string;
  readonly key: string;
}

/** What STARTTLS works with; new handshakes take the newest, running sessions keep theirs. */
export interface CertificateSource {
  current(): SecureContext;
  /** Reads the files again; a bad pair keeps the old one, and says so in the log. */
  reload(): void;
  close(): void;
}

/** How often the files are looked at. Renewals come days before the end. Unit: milliseconds. */
const LOOK_EVERY = 30_000;

/** Throws when the first pair cannot be used: then nothing was promised yet. */
export function createCertificateSource(
  files: CertificateFiles,
  log: Log,
  lookEvery: number = LOOK_EVERY,
): CertificateSource {
  let pair = readPair(files);
  let context = secureContextOf(pair);

  function reload(): void {
    try {
      const next = readPair(files);
      if (next.cert === pair.cert && next.key === pair.key) return;
      context = secureContextOf(next);
      pair = next;
      log.info('the MX certificate is taken over', { file: files.certificate });
    } catch (error) {
      // A renewal writes two files one after the other; the second change is looked at as well.
      log.error('the new MX certificate cannot be used, the old one stays', {
        file: files.certificate,
        error: describeError(error),
      });
    }
  }

  // By asking, not by inotify: renewals replace symbolic links, and mounted secrets replace directories.
  const watched = [files.certificate, files.key];
  for (const file of watched) watchFile(file, { interval: lookEvery, persistent: false }, reload);
  return {
    current: () => context,
    reload,
    close: () => {
      for (const file of watched) unwatchFile(file, reload);
    },
  };
}

interface Pair {
  readonly cert: string;
  readonly key: string;
}

function readPair(files: CertificateFiles): Pair {
  return { cert: readFileSync(files.certificate, 'utf8'), key: readFileSync(files.key, 'utf8') };
}

/** RFC 8996: nothing below TLS 1.2. Throws when key and certificate do not belong together. */
export function secureContextOf(pair: Pair): SecureContext {
  return createSecureContext({ ...pair, minVersion: 'TLSv1.2', honorCipherOrder: true });
}
