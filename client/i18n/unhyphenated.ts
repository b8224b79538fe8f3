/** The text without its soft hyphens: where a long word may break is for a narrow caption alone, and not for ears. */
export const unhyphenated = (text: string): string => text.replaceAll("\u00AD", "")
