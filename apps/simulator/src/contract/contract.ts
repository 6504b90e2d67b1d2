import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { requestFaults, responseFaults } from './check-call.ts';
import { findOperation } from './operation.ts';

/** Different faults that are kept; who makes more has enough to do. */
const KEPT_FAULTS = 200;

export interface ContractFault {
  readonly side: 'request' | 'response';
  /** Method and path template; the path itself when it is not described. */
  readonly operation: string;
  readonly fault: string;
}

/**
 * Writes down every call to Graph that does not fit Microsoft's description: what clients send, and what we answer. It
 * refuses nothing; a test looks at the list at its end.
 */
export class Contract {
  readonly #faults = new Map<string, ContractFault>();
  readonly #calls = new Map<string, number>();

  get faults(): readonly ContractFault[] {
    return [...this.#faults.values()];
  }

  /** Calls by operation. */
  get calls(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#calls);
  }

  #note(side: ContractFault['side'], operation: string, faults: readonly string[]): void {
    for (const fault of faults) {
      if (this.#faults.size >= KEPT_FAULTS) return;
      this.#faults.set(`${side} ${operation} ${fault}`, { side, operation, fault });
    }
  }

  /** Behind the parsers of bodies, in front of the routes. */
  watch(): RequestHandler {
    return (request: Request, response: Response, next: NextFunction) => {
      const { method, query, headers } = request;
      const found = findOperation(method, decoded(request.path));
      const operation = `${method} ${found?.template ?? request.path}`;
      this.#calls.set(operation, (this.#calls.get(operation) ?? 0) + 1);
      if (found === undefined) this.#note('request', operation, ['is not described']);
      else {
        const body: unknown = request.body;
        this.#note('request', operation, requestFaults(found, { query, headers, body }));
        const send = response.json.bind(response);
        response.json = (answer: unknown) => {
          this.#note('response', operation, responseFaults(found, response.statusCode, answer));
          return send(answer);
        };
      }
      next();
    };
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
