import { text } from '../setting.ts';

/** The keys that seal what is stored. */
export const SECRET_SETTINGS = {
  secretKey: text({
    name: 'HOLDFAST_SECRET_KEY',
    summary:
      'Seals credentials and wraps organisation keys: 32 random bytes, base64. Losing it loses what it seals. Made and kept under the data directory in the demo only.',
    example: 'openssl rand -base64 32',
    secret: true,
  }),
  secretKeyPrevious: text({
    name: 'HOLDFAST_SECRET_KEY_PREVIOUS',
    summary: 'The key before, while credentials are sealed anew.',
    example: '…',
    secret: true,
  }),
} as const;
