/** A text as the beginning of a sentence or a label. Pure. */
export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
