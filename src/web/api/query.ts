import * as v from 'valibot'
import { longRanges } from '../../metrics/range.ts'
import { dayOrders } from '../../statements/day-spelling.ts'
import { amountAnswers, decimalMarks } from '../../statements/question.ts'
import { day } from './answers/value.ts'
import { divisions, LONGEST_LOOK, MOST_ROWS, ROWS } from './asked.ts'

/** What a route may be asked in its address, by name. Where one is left out, its description says what counts. */
export const query = {
  portfolio_id: v.pipe(
    v.string(),
    v.description('The id of a portfolio or group; all for the group of all.'),
  ),
  as_of: v.pipe(day, v.description('A past day, of which everything is answered; else now.')),
  from: v.pipe(day, v.description('The day at whose close a period begins; else the whole history.')),
  to: v.pipe(day, v.description('The last day; else the latest.')),
  explain: v.pipe(
    v.string(),
    v.description(
      'The name of a figure, such as xirr or benchmarks.VOO.gap; `explain` in the answer has it.',
    ),
  ),
  vs: v.pipe(
    v.string(),
    v.maxLength(LONGEST_LOOK),
    v.description('Another benchmark: a ticker, a blend, or a rate.'),
  ),
  benchmark: v.pipe(
    v.string(),
    v.maxLength(LONGEST_LOOK),
    v.description('The benchmark; else the first of the portfolio.'),
  ),
  what_if: v.pipe(
    v.string(),
    v.maxLength(LONGEST_LOOK),
    v.description(
      'One change of the trades, as one more benchmark: no TSLA, VOO for TSLA, TSLA kept, VOO each time, or TSLA of 2024-03-01 on 2024-06-03.',
    ),
  ),
  until: v.pipe(day, v.description('The last day of the what-if.')),
  by: v.pipe(v.picklist(divisions), v.description('How the gap is divided; else by symbol.')),
  range: v.pipe(v.picklist(longRanges), v.description('The period, in place of `from`; else all.')),
  view: v.pipe(
    v.string(),
    v.description('portfolio, or a benchmark: whose cash book it is; else portfolio.'),
  ),
  lots: v.pipe(v.picklist(['0', '1']), v.description('1 for each holding’s open lots.')),
  amount: v.pipe(v.string(), v.description('New money to distribute, such as 1000; else none.')),
  limit: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.description(`At most so many rows, and never more than ${MOST_ROWS}; else ${ROWS}.`),
  ),
  after: v.pipe(v.string(), v.description('The `next` of the page before.')),
  derived: v.pipe(
    v.picklist(['0', '1']),
    v.description('1 for dividends that nobody recorded and that count.'),
  ),
  answers: v.pipe(v.string(), v.description('A JSON object with an answer for each id of a question.')),
  preview: v.pipe(
    v.picklist(['0', '1']),
    v.description('1 to be shown what would happen; nothing is stored then.'),
  ),
  name: v.pipe(v.string(), v.description('The name of the file; what it is, its bytes say.')),
  days: v.pipe(v.picklist(dayOrders), v.description('The order of day, month and year in the file.')),
  decimals: v.pipe(v.picklist(decimalMarks), v.description('The decimal mark of the file.')),
  amount_of_rows: v.pipe(
    v.picklist(amountAnswers),
    v.description('Whether fees are in the amount of a row; or which counts, price or amount.'),
  ),
  anyway: v.pipe(
    v.picklist(['0', '1']),
    v.description('1 to undo it although sales or dividends would lack shares.'),
  ),
  q: v.pipe(v.string(), v.description('A ticker, an ISIN, or a name; 60 characters of it are read.')),
  revision: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(0),
    v.description('A revision that you have seen: the answer is at least as new.'),
  ),
} as const satisfies Record<string, v.GenericSchema>
