/**
 * The registrable domain of a host name: its last two labels, `finance.yahoo.com` → `yahoo.com`; null for a single
 * label, so that no cookie can be set for `com`.
 *
 * This stands in for the package tldts, a copy of the public-suffix list that tough-cookie loads to refuse cookies
 * for domains such as `co.uk` (`[alias]` in wrangler.toml). The list was 19 % of the Worker's compressed size, and
 * the Worker keeps the cookies of one site only, whose hosts all end in `yahoo.com`.
 */
export function getDomain(host: string): string | null {
  const labels = host.split('.').filter(Boolean)
  return labels.length < 2 ? null : labels.slice(-2).join('.')
}
