import type { storage as storageWords } from '../en/storage.ts';
import type { Words } from '../words.ts';

export const storage: Words<typeof storageWords> = {
  refused:
    'Dieser Browser bewahrt auf diesem Gerät nichts auf. Lassen Sie diese Seite offen, bis alles gesendet ist; meist liegt es an einem privaten Fenster.',
};
