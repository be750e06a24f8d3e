/** Tries of one message before it is parked: the first, and `max_retries` of wrangler.toml. */
export const TRIES = 4

/**
 * Seconds until a message is tried again: 10, 20, 40, … up to half an hour, and not before the source said it would
 * answer.
 */
export function backoff(attempts: number, retryAfter = 0): number {
  return Math.min(Math.max(5 * 2 ** attempts, Math.ceil(retryAfter)), 1800)
}
