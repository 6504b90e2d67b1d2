import express, { type Router } from 'express';

interface PolicyAnswer {
  readonly body: string;
  readonly status: number;
  readonly contentType: string;
  readonly location?: string | undefined;
}

/** The policy hosts of all domains (MTA-STS, RFC 8461 §3.3): `…/<domain>/.well-known/mta-sts.txt`. */
export class PolicyHost {
  readonly #answers = new Map<string, PolicyAnswer>();

  set(domain: string, answer: PolicyAnswer): void {
    this.#answers.set(domain.toLowerCase(), answer);
  }

  remove(domain: string): void {
    this.#answers.delete(domain.toLowerCase());
  }

  reset(): void {
    this.#answers.clear();
  }

  router(): Router {
    const router = express.Router();
    router.get('/:domain/.well-known/mta-sts.txt', (request, response) => {
      const answer = this.#answers.get(request.params.domain.toLowerCase());
      if (answer === undefined) {
        response.status(404).type('text/plain').send('There is no policy.');
        return;
      }
      if (answer.location !== undefined) response.set('location', answer.location);
      response.status(answer.status).type(answer.contentType).send(answer.body);
    });
    return router;
  }
}
