import type { CDPSession } from 'playwright-core';
import type { Visitor } from './browser.ts';

const KILOBIT_PER_SECOND = 1000 / 8;

/** Lighthouse's mobile profile "slow 4G". */
export const SLOW_4G = {
  /** Between a request and the first byte of its answer. Unit: ms. */
  roundTrip: 150,
  /** Units: bytes per second. */
  down: 1638.4 * KILOBIT_PER_SECOND,
  up: 675 * KILOBIT_PER_SECOND,
} as const;
/** A phone of the middle beside this machine, by the same profile. */
export const CPU_SLOWDOWN = 4;

/** A phone over a poor network, which can be cut and mended. */
export class WeakPhone {
  readonly visitor: Visitor;
  readonly #session: CDPSession;

  private constructor(visitor: Visitor, session: CDPSession) {
    this.visitor = visitor;
    this.#session = session;
  }

  static async make(visitor: Visitor, slowdown: number = CPU_SLOWDOWN): Promise<WeakPhone> {
    const session = await visitor.page.context().newCDPSession(visitor.page);
    await session.send('Network.enable');
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const phone = new WeakPhone(visitor, session);
    await phone.#network(false);
    return phone;
  }

  /** What is on its way is lost, and nothing more gets through. */
  async cut(): Promise<void> {
    // Reaches service workers as well; for the page itself our own throttling is what counts.
    await this.visitor.page.context().setOffline(true);
    await this.#network(true);
  }

  async mend(): Promise<void> {
    await this.visitor.page.context().setOffline(false);
    await this.#network(false);
  }

  async #network(offline: boolean): Promise<void> {
    await this.#session.send('Network.emulateNetworkConditions', {
      offline,
      latency: SLOW_4G.roundTrip,
      downloadThroughput: SLOW_4G.down,
      uploadThroughput: SLOW_4G.up,
      connectionType: 'cellular4g',
    });
  }
}
