import * as v from 'valibot'

// What the values of an answer are. An unknown one is null, and a reason says why.

/** An exact decimal, as text. */
export const decimal = v.pipe(
  v.string(),
  v.regex(/^-?\d+(\.\d+)?$/),
  v.description('An exact decimal, as text.'),
)
/** Money, shares or a price; null where it is not known. */
export const amount = v.nullable(decimal)
/** A fraction: 0.12 is 12 %. */
export const ratio = v.nullable(v.pipe(v.number(), v.description('A fraction: 0.12 is 12 %.')))
export const day = v.pipe(v.string(), v.isoDate())
export const month = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}$/), v.examples(['2024-03']))
export const instant = v.pipe(v.string(), v.isoTimestamp())
export const id = v.pipe(v.string(), v.uuid())
export const count = v.pipe(v.number(), v.integer(), v.minValue(0))
export const symbol = v.pipe(v.string(), v.examples(['VOO', 'EUNL.DE']))
export const currency = v.pipe(v.string(), v.examples(['USD']))
export const reason = v.nullable(v.pipe(v.string(), v.description('Why there is none, or a remark.')))
/** By figure, why it is null, or a remark on it. */
export const reasons = v.pipe(
  v.record(v.string(), v.string()),
  v.description('By figure: why it is null, or a remark on it.'),
)
/** By the spelling of a benchmark. */
export const byBenchmark = <Each extends v.GenericSchema>(each: Each) =>
  v.pipe(v.record(v.string(), each), v.description('By benchmark.'))
export const revision = v.pipe(
  count,
  v.description(
    'The revision of the portfolio. Send it as `revision` with the next read to see at least that.',
  ),
)

/** An error, as RFC 9457 has it: `detail` says what is wrong and what to do. */
export const problem = v.object({
  title: v.string(),
  status: count,
  detail: v.string(),
  faults: v.optional(v.array(v.object({ field: v.string(), reason: v.string() }))),
})
