/** What browsers say by the name of the exception (WebAuthn §5.1), in words of ours; null: not a browser's refusal. */
export function passkeyWords(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  switch (error.name) {
    case 'NotAllowedError':
    case 'AbortError':
      return 'No passkey was used: it was cancelled, took too long, or there is none for this place on this device.';
    case 'InvalidStateError':
      return 'This device has a passkey for you already.';
    case 'SecurityError':
      return 'Passkeys work only at the address that our messages name. Open that address and try again.';
    case 'NotSupportedError':
      return 'This device cannot make passkeys. Everything else works.';
    default:
      return null;
  }
}
