import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { isPlainName, KEPT } from './segment-name.ts';

export interface SpoolWatchOptions {
  readonly directory: string;
  /** Something was written to a segment: a hint, the poll stays the truth. */
  readonly onWritten: () => void;
  /** A file or an instance has come or gone. */
  readonly onChanged: () => void;
}

export interface SpoolWatch {
  /** Watches these instances, and no others: those that somebody may write to. */
  follow(instances: readonly string[]): void;
  close(): void;
}

/**
 * Tells when a writer of this host has appended, so that mail is seen at once and an idle spool costs nothing. Never
 * throws: a system without inotify watches left is polled.
 */
export function watchSpool(options: SpoolWatchOptions): SpoolWatch {
  const watchers = new Map<string, FSWatcher>();

  function start(path: string): void {
    if (watchers.has(path)) return;
    try {
      const watcher = watch(path, { persistent: false }, (event) => {
        if (event === 'rename') options.onChanged();
        options.onWritten();
      });
      watchers.set(path, watcher);
      watcher.on('error', () => stop(path));
    } catch {
      // Not there yet, or no watches left: looked for again at the next `follow`.
    }
  }

  function stop(path: string): void {
    watchers.get(path)?.close();
    watchers.delete(path);
  }

  return {
    follow(instances) {
      start(options.directory);
      const wanted = new Set(
        instances
          .filter((name) => isPlainName(name) && name !== KEPT)
          .map((name) => join(options.directory, name)),
      );
      for (const path of watchers.keys())
        if (path !== options.directory && !wanted.has(path)) stop(path);
      for (const path of wanted) start(path);
    },
    close() {
      for (const path of watchers.keys()) stop(path);
    },
  };
}
