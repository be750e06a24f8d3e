import type { Broker } from '../broker.ts'
import { flexStatements } from './flex-service.ts'

/** Where the Flex Web Service is; only a stand-in is elsewhere. */
export type IbkrConfig = { IBKR_BASE_URL?: string | undefined }

const BASE = 'https://ndcdyn.interactivebrokers.com/AccountManagement/FlexWebService'

/** Interactive Brokers, by its Flex Web Service: a token that can read Flex queries, and nothing else. */
export const interactiveBrokers: Broker<IbkrConfig> = {
  id: 'ibkr',
  name: 'Interactive Brokers',
  steps: [
    'In the Client Portal, open Performance & Reports, then Flex Queries, and create an Activity Flex Query as XML with the sections Trades, Cash Transactions, Corporate Actions and Transfers, for the last 365 calendar days.',
    'Open its information (i) and copy the Query ID.',
    'Under Flex Web Service Configuration, switch the service on and copy the token. It can only read statements; choose that it is good for a year.',
  ],
  secret:
    'The token can only read statements. It is stored in your database, never shown again and never exported.',
  token: { label: 'Token', pattern: /^\d{6,40}$/, hint: 'has digits only, such as 138440823915298723' },
  query: { label: 'Query ID', pattern: /^\d{1,12}$/, hint: 'has digits only, such as 841203' },
  connect: (options, { IBKR_BASE_URL }) => flexStatements(options, IBKR_BASE_URL || BASE),
}
