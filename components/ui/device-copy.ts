import type { z } from "zod";

/** Copies on this device of what someone typed and the server does not have, one for each tab. */
export interface DeviceCopies<Copy> {
  /** The newest copy of this; null when there is none that can be read. */
  read: (id: string) => Copy | null;
  write: (id: string, tab: string, copy: Copy) => void;
  /** Forgets the copy of one tab, or of all. */
  drop: (id: string, tab?: string) => void;
}

/**
 * Every tab keeps its own, so that one that saves does not drop what another one could not.
 * @param prefix tells them from copies of another kind
 */
export function deviceCopies<Copy extends { at: number }>(prefix: string, schema: z.ZodType<Copy>): DeviceCopies<Copy> {
  const keysOf = (id: string) => Object.keys(localStorage).filter((key) => key.startsWith(`${prefix}${id}`));
  const parse = (key: string): Copy | null => {
    try {
      return schema.parse(JSON.parse(localStorage.getItem(key) ?? ""));
    } catch {
      return null;
    }
  };
  return {
    read: (id) => {
      try {
        return keysOf(id)
          .flatMap((key) => parse(key) ?? [])
          .reduce<Copy | null>((newest, one) => (newest && newest.at > one.at ? newest : one), null);
      } catch {
        return null;
      }
    },
    write: (id, tab, copy) => {
      try {
        localStorage.setItem(`${prefix}${id}-${tab}`, JSON.stringify(copy));
      } catch {
        // It is still on screen; the state says that it is not saved.
      }
    },
    drop: (id, tab) => {
      try {
        for (const key of tab === undefined ? keysOf(id) : [`${prefix}${id}-${tab}`]) localStorage.removeItem(key);
      } catch {
        // A browser that keeps nothing has nothing to drop.
      }
    },
  };
}
