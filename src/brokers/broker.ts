import type { UpstreamOptions } from '../market/http/polite-fetch.ts'

/**
 * What asking a broker for a statement came to: its text; nothing yet, with how many seconds to wait; or a refusal, which
 * stays until somebody changes something. Reasons are sentences for the person whose account it is.
 */
export type Delivery =
  | { status: 'ok'; text: string }
  | { status: 'later'; reason: string; retryAfter: number }
  | { status: 'refused'; reason: string }

/** Nothing yet: ask again in so many seconds, ten minutes where nobody says when. */
export function later(reason: string, retryAfter = 600): Delivery {
  return { status: 'later', reason, retryAfter }
}

/** A broker, or a service that reads many, which hands out statements to whoever has a token for them. */
export type Broker<Config = object> = {
  /** Its name in addresses and in the store. */
  id: string
  name: string
  /** How one gets the token and the number of the statement there, step by step. */
  steps: readonly string[]
  /** What the token can do, and where it is kept. */
  secret: string
  token: { label: string; pattern: RegExp; hint: string }
  query: { label: string; pattern: RegExp; hint: string }
  connect(
    options: UpstreamOptions,
    config: Config,
  ): (opened: { token: string; query: string }) => Promise<Delivery>
}
