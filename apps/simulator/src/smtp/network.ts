/**
 * Where connections come from. Everything here runs on one machine, so loopback stands for the gateway in front of the
 * tenant, which relays from this address (RFC 5737), and what the simulated outside world sends itself is told apart by
 * its port.
 */
const GATEWAY_ADDRESS = '198.51.100.25';
/** Any mail server of the simulated outside world. */
const OUTSIDE_ADDRESS = '192.0.2.99';

export class Network {
  readonly #outsidePorts = new Set<number>();
  gatewayAddress = GATEWAY_ADDRESS;

  /** A connection of the outside world's own, for as long as it lasts. */
  outside(port: number): Disposable {
    this.#outsidePorts.add(port);
    return { [Symbol.dispose]: () => void this.#outsidePorts.delete(port) };
  }

  /** The address that the tenant sees. */
  addressOf(remoteAddress: string, remotePort: number): string {
    if (this.#outsidePorts.has(remotePort)) return OUTSIDE_ADDRESS;
    return /^(?:::ffff:)?127\./.test(remoteAddress) || remoteAddress === '::1'
      ? this.gatewayAddress
      : remoteAddress.replace(/^::ffff:/, '');
  }

  reset(): void {
    this.gatewayAddress = GATEWAY_ADDRESS;
  }
}
