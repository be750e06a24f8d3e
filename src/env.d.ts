/**
 * What is set by `wrangler secret put`, and so stands in no file that the types are generated from. Both `Env` and
 * `Cloudflare.Env` extend this one.
 */
interface __BaseEnv_Env {
  YAHOO_BASE_URL?: string
  RELAY_SECRET?: string
  TIINGO_TOKEN?: string
  FINNHUB_TOKEN?: string
  IBKR_BASE_URL?: string
  SNAPTRADE_BASE_URL?: string
  SETUP_TOKEN?: string
  ORIGIN?: string
  ACCESS_TEAM?: string
  ACCESS_AUD?: string
}
