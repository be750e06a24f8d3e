import { brief, UpstreamError } from '../http/polite-fetch.ts'

/** An answer of yahoo-finance2, as a value. */
export type Answer =
  | { status: 'ok'; value: unknown }
  | { status: 'rejected'; reason: string }
  | {
      status: 'unavailable'
      reason: string
      /** How the last call ended; `dead-end` when it was answered, and the library could not go on. */
      refusal: UpstreamError['outcome'] | 'dead-end'
      retryAfter?: number | undefined
      /** Where the last call went. */
      endpoint?: string | undefined
    }

/**
 * Turns what yahoo-finance2 throws into values. It does not export its error classes, so they are told apart by name.
 */
export async function answerOf(ask: () => Promise<unknown>): Promise<Answer> {
  try {
    return { status: 'ok', value: await ask() }
  } catch (error) {
    if (error instanceof UpstreamError) {
      const { outcome, retryAfter, endpoint } = error
      return {
        status: 'unavailable',
        reason: error.message,
        refusal: outcome,
        retryAfter: retryAfter ?? (outcome === '429' ? 60 : undefined),
        endpoint,
      }
    }
    if (!(error instanceof Error) || error.name === 'InvalidOptionsError') throw error
    if (
      error.name === 'BadRequestError' ||
      /no data found|not found|doesn't exist|delisted/i.test(error.message)
    ) {
      return { status: 'rejected', reason: brief(error) }
    }
    const reason = /set-cookie/.test(error.message)
      ? 'Yahoo gave no cookie'
      : /consent|redirect/i.test(error.message)
        ? 'Yahoo’s consent pages lead nowhere'
        : notUnderstood().reason
    return { status: 'unavailable', reason, refusal: 'dead-end' }
  }
}

/** The answer without what only this folder needs to know. A rejection of several symbols is none of any one. */
export function unavailable({ reason, retryAfter }: { reason: string; retryAfter?: number | undefined }): {
  status: 'unavailable'
  reason: string
  retryAfter?: number
} {
  return { status: 'unavailable', reason, ...(retryAfter !== undefined && { retryAfter }) }
}

/** An answer of another shape than Yahoo’s. */
export function notUnderstood(): { status: 'unavailable'; reason: string } {
  return { status: 'unavailable', reason: 'Yahoo’s answer couldn’t be read' }
}
