/** The clock by which the app names its days: New York's, where most of what it tracks trades. IANA name. */
export const TIME_ZONE = 'America/New_York'

// Durations in milliseconds.
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
