/** A draft as it is kept: somebody may have written, sent or discarded it on another device meanwhile. */
export interface KeptDraft {
  readonly revision: number;
  readonly state: 'open' | 'discarded' | 'sent';
  /** It says, or said when it was sent or discarded, exactly what comes in now. */
  readonly isSame: boolean;
  /** The device that asks now wrote it last, and may not have heard of it: answers are lost. */
  readonly isOwn: boolean;
}

export type DraftSaving =
  /** It takes the place of what is kept. */
  | { readonly kind: 'replace'; readonly revision: number }
  /** Nothing to do: it is there already, as after an answer that was lost. */
  | { readonly kind: 'same'; readonly revision: number }
  /** Kept beside the other, as a draft of its own. */
  | { readonly kind: 'branch'; readonly because: 'written-elsewhere' | 'sent-elsewhere' }
  /** Nothing was written since it was sent or discarded. */
  | { readonly kind: 'over'; readonly as: 'sent' | 'discarded' };

/**
 * Whether a draft may take the place of the kept one. Nothing that was typed is ever lost: who did not see the latest
 * revision gets a draft of their own, and neither text is merged into the other. `base` is the revision that the device
 * saw last; 0: none.
 */
export function decideDraftSaving(kept: KeptDraft | null, base: number): DraftSaving {
  if (kept === null) return { kind: 'replace', revision: base + 1 };
  switch (kept.state) {
    case 'open':
      if (kept.isSame) return { kind: 'same', revision: kept.revision };
      return kept.revision === base || kept.isOwn
        ? { kind: 'replace', revision: kept.revision + 1 }
        : { kind: 'branch', because: 'written-elsewhere' };
    case 'sent':
      return kept.isSame
        ? { kind: 'over', as: 'sent' }
        : { kind: 'branch', because: 'sent-elsewhere' };
    case 'discarded':
      // Written after it was thrown away elsewhere: the later wish counts, and the draft is back.
      return kept.isSame
        ? { kind: 'over', as: 'discarded' }
        : { kind: 'replace', revision: kept.revision + 1 };
  }
}
