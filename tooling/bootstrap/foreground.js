import { spawn } from 'node:child_process';
import { constants } from 'node:os';

import { environment, node, root } from './toolchain.js';

/** One Ctrl-C reaches us twice, from the terminal and again from npm; ms. */
const SAME_SIGNAL_WINDOW = 1000;
/** How often to look whether npm is still there; ms. */
const PARENT_POLL = 1000;

/**
 * Runs a Node 24 program in the foreground and resolves with its exit code. The program gets a
 * process group of its own, so that every signal comes through here exactly once and the program
 * can stop its own children in order.
 *
 * @param {string[]} args script and arguments
 * @returns {Promise<number>}
 */
export function runInForeground(args) {
  return new Promise((settle, reject) => {
    const child = spawn(node, args, {
      cwd: root,
      env: environment,
      stdio: 'inherit',
      detached: true,
    });
    const forwarded = new Map();
    const forward = (signal) => {
      const last = forwarded.get(signal) ?? -Infinity;
      if (performance.now() - last < SAME_SIGNAL_WINDOW) return;
      forwarded.set(signal, performance.now());
      child.kill(signal);
    };
    process.on('SIGINT', () => forward('SIGINT'));
    process.on('SIGTERM', () => forward('SIGTERM'));
    process.on('SIGHUP', () => forward('SIGTERM'));
    stopWithNpm(() => forward('SIGTERM'));
    child.on('error', reject);
    child.on('exit', (code, signal) => settle(code ?? 128 + constants.signals[signal]));
  });
}

/**
 * A signal sent to npm alone ends npm and its shell, but not us (its shell does not pass it on):
 * once our parent is another one, npm has gone.
 */
function stopWithNpm(stop) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, PARENT_POLL);
  timer.unref();
}
