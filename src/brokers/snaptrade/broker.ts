import type { Broker } from '../broker.ts'
import { snapTradeStatements } from './activities.ts'

/** Where SnapTrade is; only a stand-in is elsewhere. */
export type SnapTradeConfig = { SNAPTRADE_BASE_URL?: string | undefined }

const BASE = 'https://api.snaptrade.com/api/v1'

/**
 * SnapTrade, which reads the accounts of many brokers, by a personal key: that needs no user of its own, because the key is of
 * one person and their accounts.
 */
export const snapTrade: Broker<SnapTradeConfig> = {
  id: 'snaptrade',
  name: 'SnapTrade',
  steps: [
    'At dashboard.snaptrade.com, create a personal account and connect your broker there, for reading only.',
    'On its page API Key, create a personal key and copy the Client ID and the consumer key.',
    'If you have several accounts and want one of them here, write its number behind the Client ID, with a slash between: PERS-ACME-JX2/12345678.',
  ],
  secret:
    'The consumer key can do what the connections at SnapTrade allow, so allow them only reading. It is stored in your database, never shown again and never exported.',
  token: {
    label: 'Consumer key',
    pattern: /^[!-~]{16,200}$/,
    hint: 'has 16 characters at least, and no spaces',
  },
  query: {
    label: 'Client ID',
    pattern: /^[A-Za-z0-9][\w-]{2,60}(?:\/[\w .*-]{1,60})?$/,
    hint: 'is a Client ID such as PERS-ACME-JX2, or one with the number of an account, PERS-ACME-JX2/12345678',
  },
  connect: (options, { SNAPTRADE_BASE_URL }) => snapTradeStatements(options, SNAPTRADE_BASE_URL || BASE),
}
