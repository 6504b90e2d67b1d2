import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

/** An answer of Graph that is an error: HTTP status, Graph's code, and a sentence. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds for the Retry-After header. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export const badRequest = (message: string): GraphError =>
  new GraphError(400, 'BadRequest', message);

export const notFound = (id: string): GraphError =>
  new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const itemNotFound = (): GraphError =>
  new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');

function errorBody(error: GraphError) {
  const id = randomUUID();
  const date = new Date().toISOString().slice(0, 19);
  return {
    error: {
      code: error.code,
      message: error.message,
      innerError: { date, 'request-id': id, 'client-request-id': id },
    },
  };
}

/** Errors of Graph as they are; everything else as what express made of it (too large, bad JSON) or a 500. */
export function graphErrorHandler(
  error: unknown,
  _request: Request,
  response: Response,
  _next: NextFunction,
): void {
  const known = error instanceof GraphError ? error : foreignError(error);
  if (known.retryAfter !== undefined) response.set('Retry-After', String(known.retryAfter));
  response.status(known.status).json(errorBody(known));
}

function foreignError(error: unknown): GraphError {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : '';
  if (type === 'entity.too.large') {
    return new GraphError(
      413,
      'RequestEntityTooLarge',
      'The request is larger than the limit of 4 MB.',
    );
  }
  if (type === 'entity.parse.failed') return badRequest('The request body is not valid JSON.');
  const message = error instanceof Error ? error.message : String(error);
  return new GraphError(500, 'InternalServerError', message);
}
