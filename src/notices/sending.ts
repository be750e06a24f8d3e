/**
 * What came of sending a notice: it was taken; not now, with the seconds after which the service may be asked again (null where it
 * does not say); it was refused; or the channel leads nowhere any more. The sentences are for whoever made the channel.
 */
export type Sending =
  | { status: 'sent' }
  | { status: 'later'; said: string; retryAfter: number | null }
  | { status: 'refused'; said: string }
  | { status: 'gone'; said: string }
