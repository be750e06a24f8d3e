/** What the browser's scripts say by themselves; a page in German brings these words along. */
export const scripts = {
  Copied: 'Kopiert',
} as const satisfies Record<string, string>
