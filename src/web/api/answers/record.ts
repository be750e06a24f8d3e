import * as v from 'valibot'
import { amount, count, currency, day, decimal, id, instant, reason, revision, symbol } from './value.ts'

// What was recorded, and what an edit answers.

const portfolioFields = {
  id,
  kind: v.optional(v.string()),
  name: v.string(),
  description: v.string(),
  base_currency: currency,
  benchmarks: v.array(v.string()),
  cost_basis: v.string(),
  dividends: v.string(),
  withholding: v.nullable(v.string()),
  risk_free_rate: v.nullable(v.string()),
  targets: v.nullable(v.string()),
  created_at: instant,
}
export const portfolio = v.strictObject(portfolioFields)
export const savedPortfolio = v.strictObject({ ...portfolioFields, revision })
export const portfolios = v.strictObject({ portfolios: v.array(portfolio) })

const groupFields = {
  id,
  kind: v.picklist(['group', 'all']),
  name: v.string(),
  description: v.string(),
  base_currency: currency,
  benchmarks: v.array(v.string()),
  portfolios: v.array(id),
  targets: v.nullable(v.string()),
  created_at: instant,
}
export const group = v.strictObject(groupFields)
export const savedGroup = v.strictObject({ ...groupFields, revision })
export const groups = v.strictObject({ groups: v.array(group) })

const transactionFields = {
  id: v.string(),
  portfolio: v.optional(id),
  portfolio_name: v.optional(v.string()),
  type: v.string(),
  symbol: v.nullable(symbol),
  date: day,
  shares: amount,
  price: amount,
  fee: decimal,
  currency,
  amount: decimal,
  ratio: v.nullable(v.string()),
  acquired: v.optional(day),
  cost: v.optional(decimal),
  new_symbol: v.optional(symbol),
  cost_share: v.optional(decimal),
  lots: v.optional(
    v.pipe(
      v.array(v.strictObject({ transaction: v.string(), shares: decimal })),
      v.description(
        'What it takes of the lots that it names: the ids of their purchases, and shares as its own.',
      ),
    ),
  ),
  note: v.string(),
  review: v.optional(day),
  units: v.nullable(v.string()),
  version: v.nullable(count),
  derived: v.optional(v.literal(true)),
}
export const transaction = v.strictObject(transactionFields)
export const savedTransaction = v.strictObject({
  ...transactionFields,
  warnings: v.optional(v.array(v.string())),
  unknown_symbol: v.optional(v.literal(true)),
  revision,
})
export const transactions = v.strictObject({
  transactions: v.array(transaction),
  next: v.nullable(v.pipe(v.string(), v.description('The `after` of the next page.'))),
})

const line = v.strictObject({ line: count, reason: v.string() })
/** What a file leaves open; src/statements/question.ts has its kinds. */
const question = v.looseObject({
  id: v.pipe(v.string(), v.description('By which `answers` answers it.')),
  choices: v.pipe(
    v.array(v.string()),
    v.description('The answers that are taken; where there are none it is a ticker, or a percentage.'),
  ),
  evidence: v.array(v.string()),
  about: v.picklist(['days', 'decimals', 'amount', 'column', 'type', 'security', 'ticker', 'spin_off']),
})
const importFields = {
  import_id: v.string(),
  format: v.string(),
  accepted: count,
  duplicates: count,
  rejected: v.array(line),
  left_out: v.array(line),
  warnings: v.array(v.string()),
  questions: v.array(question),
  evidence: v.array(v.string()),
  similar: v.array(v.strictObject({ line: count, resembles: v.string() })),
  positions: v.record(v.string(), decimal),
  cash: v.record(v.string(), decimal),
}
export const imported = v.strictObject({ ...importFields, revision })

const understood = v.strictObject({
  date: day,
  type: v.string(),
  symbol: v.nullable(symbol),
  shares: amount,
  price: amount,
  fee: decimal,
  amount: decimal,
  currency: v.nullable(currency),
  ratio: v.nullable(v.string()),
})
export const previewed = v.strictObject({
  ...importFields,
  columns: v.array(
    v.strictObject({ heading: v.string(), field: v.nullable(v.string()), sample: v.string() }),
  ),
  accounts: v.array(v.looseObject({ name: v.string() })),
  rows: v.array(
    v.strictObject({
      line: count,
      verdict: v.picklist(['new', 'known', 'similar', 'rejected', 'left_out']),
      reason,
      transaction: v.nullable(understood),
      resembles: v.optional(understood),
      spelled: v.optional(v.string()),
      isInsisted: v.optional(v.literal(true)),
    }),
  ),
  counts: v.strictObject({
    new: count,
    known: count,
    rejected: count,
    left_out: count,
    similar: v.optional(count),
  }),
  answers: v.looseObject({}),
  said_accounts: v.record(v.string(), v.string()),
  mended: v.record(v.string(), v.string()),
  revision,
})
export const imports = v.strictObject({
  imports: v.array(
    v.strictObject({
      id: v.string(),
      format: v.string(),
      accepted: count,
      duplicates: count,
      rejected: count,
      created_at: instant,
      undone_at: v.nullable(instant),
    }),
  ),
})
export const undone = v.strictObject({ deleted: count, revision })

export const proposals = v.strictObject({
  proposals: v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.examples(['QQQ@2012-03-16'])),
      symbol,
      ex_date: day,
      shares: decimal,
      per_share: decimal,
      amount,
      currency,
    }),
  ),
})
const proposedAction = v.strictObject({
  id: v.pipe(v.string(), v.examples(['GE@2023-01-04'])),
  kind: v.picklist(['spin_off', 'renamed', 'ended']),
  symbol,
  day: v.nullable(day),
  shares: decimal,
  ratio: v.nullable(v.string()),
  cost_share: v.nullable(decimal),
  new_symbol: v.nullable(symbol),
  price: v.nullable(decimal),
})
export const actionProposals = v.strictObject({
  proposals: v.array(proposedAction),
  dismissed: v.array(proposedAction),
})
const beforeAfter = v.strictObject({ before: v.nullable(decimal), after: v.nullable(decimal) })
export const figuresAfter = v.strictObject({
  figures: v.strictObject({
    symbols: v.array(v.strictObject({ symbol, shares: beforeAfter, cost: beforeAfter, value: beforeAfter })),
    realized_gain: beforeAfter,
    cash: beforeAfter,
    value: beforeAfter,
    at_cost: v.array(symbol),
  }),
  revision,
})
export const answered = v.strictObject({ revision })

export const accepted = v.strictObject({ accepted: count, revision })
export const dismissed = v.strictObject({ dismissed: v.array(v.string()), revision })

export const ownInstrument = v.strictObject({
  symbol,
  priced: v.picklist(['own', 'market']),
  currency: v.nullable(currency),
  name: v.nullable(v.string()),
})
export const ownPrices = v.array(v.strictObject({ date: day, price: decimal }))

export const everything = v.looseObject({
  yardstick: v.literal('everything'),
  version: count,
  portfolios: v.array(v.looseObject({ portfolio: v.looseObject({ name: v.string() }) })),
})
export const takenIn = v.strictObject({
  portfolios: v.array(v.strictObject({ id, name: v.string(), revision })),
  problems: v.array(v.string()),
})

export const started = v.strictObject({ generation: count })
const failedSymbols = v.array(v.looseObject({ symbol }))
export const refresh = v.strictObject({
  generation: count,
  status: v.string(),
  reason: v.nullable(v.string()),
  done: count,
  total: count,
  failed: failedSymbols,
  waiting: v.unknown(),
  started_at: v.nullable(instant),
  finished_at: v.nullable(instant),
})

export const securities = v.strictObject({
  securities: v.array(
    v.looseObject({
      symbol,
      name: v.string(),
      kind: v.string(),
      exchange: v.nullable(v.string()),
      currency: v.nullable(currency),
    }),
  ),
  source: v.string(),
  asked_at: v.nullable(instant),
  reason,
})

const chosen = v.nullable(
  v.pipe(v.array(id), v.description('By which channels you are told; null for all of them.')),
)
const alertFields = {
  id,
  kind: v.string(),
  subject: v.nullable(v.string()),
  level: amount,
  set_on: day,
  created_at: instant,
  told_at: v.nullable(instant),
  channels: chosen,
  is_beyond: v.nullable(
    v.pipe(
      v.boolean(),
      v.description('Beyond its line now; null where that is not known, or there is no line.'),
    ),
  ),
}
export const alert = v.strictObject(alertFields)
export const alerts = v.strictObject({
  alerts: v.array(alert),
  digest: v.pipe(v.boolean(), v.description('You get the weekly digest.')),
  digest_channels: chosen,
})

const brokerFields = {
  broker: v.string(),
  query: v.string(),
  created_at: instant,
  asked_at: v.nullable(instant),
  outcome: v.nullable(v.pipe(v.string(), v.description('What came of it, in a sentence.'))),
}
export const brokerConnection = v.strictObject(brokerFields)
export const brokers = v.strictObject({
  connections: v.array(brokerConnection),
  statements: v.array(
    v.strictObject({
      id,
      broker: v.string(),
      received_at: instant,
      outcome: v.string(),
      is_open: v.pipe(v.boolean(), v.description('Somebody has to look at it.')),
    }),
  ),
})
export const asked = v.strictObject({ asked: v.literal(true) })
