import { parentPort } from 'node:worker_threads';
import type { FormatAnswer, FormatRequest } from './isolated-format.ts';
import { createMessageFormat, fullSearchable, fullSummary } from './message-format.ts';

/** The thread of `createIsolatedFormat`: parses one message after another, and may be ended at any moment. */
const port = parentPort;
if (port === null) throw new Error('This file is the body of a worker thread');

port.on('message', (request: FormatRequest) => {
  void answer(request).then((result) => port.postMessage(result));
});

async function answer({ options, ask, message }: FormatRequest): Promise<FormatAnswer> {
  try {
    return { ok: true, value: await parse(options, ask, message) };
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

function parse(
  options: FormatRequest['options'],
  ask: FormatRequest['ask'],
  message: Uint8Array,
): Promise<unknown> {
  switch (ask.kind) {
    case 'summarise':
      return fullSummary(message, options.limits);
    case 'searchable':
      return fullSearchable(message, options.limits);
    case 'read':
      return createMessageFormat(options).read(message);
    case 'written':
      return createMessageFormat(options).written(message);
    case 'report':
      return createMessageFormat(options).report(message, ask.traceHeaders);
    case 'attachment':
      return createMessageFormat(options).attachment(message, ask.index);
  }
}
