/** Whether this browser can make and use passkeys on this page: it needs a secure context (WebAuthn §5). */
export function browserHasPasskeys(): boolean {
  return window.isSecureContext && 'PublicKeyCredential' in window;
}
