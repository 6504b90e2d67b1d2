/// <reference lib="dom" />
import type { Page, Request } from 'playwright-core';
import { waitFor } from './wait-for.ts';

/** For pictures of any page: knows when nothing more is asked for and nothing is drawn in place of what comes. */
export class DrawnPage {
  readonly #page: Page;
  readonly #underWay = new Set<Request>();

  constructor(page: Page) {
    this.#page = page;
    page.on('request', (request) => {
      // The stream of news stays open for as long as the page.
      if (request.resourceType() !== 'eventsource') this.#underWay.add(request);
    });
    page.on('requestfinished', (request) => this.#underWay.delete(request));
    page.on('requestfailed', (request) => this.#underWay.delete(request));
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.#underWay.clear();
    });
  }

  async open(url: string): Promise<void> {
    await this.#page.goto(url);
    await this.#page.locator('h1').first().waitFor();
    await this.settle();
  }

  /** What has just come is drawn a moment later, and may ask for more. */
  async settle(): Promise<void> {
    await waitFor('the page to be drawn', async () => {
      const waits = await this.#page.evaluate(async () => {
        for (let frame = 0; frame < 3; frame += 1)
          await new Promise((resolve) => requestAnimationFrame(resolve));
        await document.fonts.ready;
        return document.querySelector('.skeletons') !== null;
      });
      return !waits && this.#underWay.size === 0;
    });
  }
}
