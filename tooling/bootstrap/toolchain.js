/**
 * Brings a checkout to the point where Node 24 can run it: fetches Node and pnpm as npm packages
 * into `.tools/`, then installs the workspace. Plain JavaScript without dependencies, since
 * whatever Node (18 or newer) the machine has must be able to run it. It never writes outside the
 * checkout, apart from npm's and pnpm's own caches.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_VERSION = '24.21.0';
const PNPM_VERSION = '12.21.0';

/** Lines of a failed step's output that are shown; the rest is in the log. */
const SHOWN_LINES = 60;
/** How often to look whether another bootstrap in this checkout has finished; ms. */
const LOCK_POLL = 200;

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const tools = join(root, '.tools');
const bin = join(tools, 'bin');
const logFile = join(tools, 'bootstrap.log');
const stampFile = join(root, 'node_modules', '.holdfast-install');

/** The Node 24 that everything else runs on. */
export const node = join(bin, 'node');

/** The environment for everything that is started: our Node and pnpm first, no phoning home. */
export const environment = {
  ...process.env,
  PATH: [bin, join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  HOME: writableHome(),
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  // Turbo starts scripts through pnpm, which must not look at the workspace each time.
  pnpm_config_verify_deps_before_run: 'false',
  pnpm_config_confirm_modules_purge: 'false',
};
// `npm run --silent` would silence the very output that explains a failed install.
delete environment.npm_config_loglevel;
// The npm that started us names a cache in the home that we may just have replaced.
if (environment.HOME !== homedir()) delete environment.npm_config_cache;

/** A step failed; its output has been shown. */
export class StepFailed extends Error {}

/**
 * Installs what is missing and builds what is asked for. Says nothing when nothing is to be done.
 *
 * @param {{ build?: boolean, output?: NodeJS.WriteStream }} options `output` takes the progress lines
 */
export async function prepare({ build = false, output = process.stdout } = {}) {
  if (process.platform === 'win32') {
    throw new StepFailed('Holdfast runs on Linux and macOS; on Windows, use it inside WSL.');
  }
  mkdirSync(tools, { recursive: true });
  const release = await lock();
  try {
    if (!toolsAreThere()) await fetchTools(output);
    const fingerprint = workspaceFingerprint();
    if (readText(stampFile) !== fingerprint) {
      await step(
        'Installing packages',
        join(bin, 'pnpm'),
        ['install', '--frozen-lockfile'],
        output,
      );
      writeFileSync(stampFile, fingerprint);
    }
    if (build) {
      const turbo = join(root, 'node_modules', '.bin', 'turbo');
      await step('Building the two front ends', turbo, ['run', 'build', '--ui=stream'], output);
    }
  } finally {
    release();
  }
}

/** Runs an entry point under the message-and-exit-code rules that all of them share. */
export async function entry(run) {
  try {
    process.exitCode = await run();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** The platform packages themselves: the `node` and `pnpm` packages would fetch them in install
 * scripts, which npm blocks on some machines. */
function platformPackages() {
  const { platform, arch } = process;
  const nodePrefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return {
    node: { name: `${nodePrefix}-${platform}-${arch}`, version: NODE_VERSION, file: 'bin/node' },
    pnpm: { name: `@pnpm/exe.${platform}-${arch}`, version: PNPM_VERSION, file: 'pnpm' },
  };
}

function installedFile({ name, file }) {
  return join(tools, 'node_modules', name, file);
}

function toolsAreThere() {
  return Object.entries(platformPackages()).every(([command, wanted]) => {
    const manifest = readText(join(tools, 'node_modules', wanted.name, 'package.json'));
    return (
      manifest !== undefined &&
      JSON.parse(manifest).version === wanted.version &&
      existsSync(join(bin, command))
    );
  });
}

async function fetchTools(output) {
  const packages = platformPackages();
  const wanted = Object.values(packages).map(({ name, version }) => `${name}@${version}`);
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  // A manifest of its own keeps npm from taking the workspace's for it.
  writeFileSync(join(tools, 'package.json'), '{ "private": true }\n');
  await step(
    `Fetching Node ${NODE_VERSION.split('.')[0]} and pnpm`,
    npm[0],
    [
      ...npm.slice(1),
      'install',
      `--prefix=${tools}`,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      '--no-update-notifier',
      ...wanted,
    ],
    output,
    tools,
  );
  mkdirSync(bin, { recursive: true });
  for (const [command, wantedPackage] of Object.entries(packages)) {
    const link = join(bin, command);
    rmSync(link, { force: true });
    symlinkSync(installedFile(wantedPackage), link);
  }
}

/** Changes whenever an install could have something to do. */
function workspaceFingerprint() {
  const hash = createHash('sha256').update(`${NODE_VERSION} ${PNPM_VERSION} ${root}`);
  const folders = ['.', 'e2e'];
  for (const parent of ['apps', 'packages', 'tooling']) {
    for (const name of readdirSync(join(root, parent)).sort()) folders.push(join(parent, name));
  }
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml'];
  for (const file of [...files, ...folders.map((folder) => join(folder, 'package.json'))]) {
    hash.update(`\n${file}\n${readText(join(root, file)) ?? ''}`);
  }
  return `${hash.digest('hex')}\n`;
}

/** Runs a command with its output in the log, showing one line with the seconds it took. */
async function step(title, command, args, output, cwd = root) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const show = (text) => output.write(output.isTTY ? `\r\u001b[K${title} … ${text}` : text);
  if (!output.isTTY) output.write(`${title} … `);
  const ticker = output.isTTY ? setInterval(() => show(seconds()), 1000) : undefined;
  if (output.isTTY) show('');
  try {
    const { code, text } = await capture(command, args, cwd);
    writeFileSync(logFile, `$ ${[command, ...args].join(' ')}\n${text}\n`, { flag: 'a' });
    if (code !== 0) {
      show(`failed after ${seconds()}\n`);
      const tail = text.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
      throw new StepFailed(`${tail}\n\n${title} failed. The whole output is in ${logFile}`);
    }
    show(`${seconds()}\n`);
  } finally {
    clearInterval(ticker);
  }
}

/**
 * Runs a command to its end and collects what it prints.
 *
 * @returns {Promise<{ code: number, text: string }>}
 */
export function capture(command, args, cwd = root) {
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => settle({ code: 127, text: `${command}: ${error.message}` }));
    child.on('close', (code) => {
      settle({ code: code ?? 1, text: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/** Two of us at once in one checkout would install over each other: the second one waits. */
async function lock() {
  const path = join(tools, 'lock');
  for (;;) {
    try {
      const descriptor = openSync(path, 'wx');
      writeFileSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(readText(path));
    // A holder killed half-way leaves its lock behind; an empty one is just being written.
    if (holder > 0 && !isAlive(holder)) rmSync(path, { force: true });
    else await new Promise((wake) => setTimeout(wake, LOCK_POLL));
  }
}

function isAlive(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Accounts such as `nobody` have no home, and npm and pnpm want one for their caches. */
function writableHome() {
  try {
    accessSync(homedir(), constants.W_OK);
    return homedir();
  } catch {
    const home = join(tools, 'home');
    mkdirSync(home, { recursive: true });
    return home;
  }
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
