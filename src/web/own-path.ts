/** Returns a path of ours, with its query; `/` for anything else: `//elsewhere` would be another host. */
export function ownPath(text: unknown): string {
  return typeof text === 'string' && /^\/(?![/\\])[\w/.?=&%:,+-]*$/.test(text) ? text : '/'
}
