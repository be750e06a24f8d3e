import type { Factsheet } from '../../snapshot/factsheet.ts'
import { day, exact, sentence } from '../format.ts'
import { NewTickerField } from './new-ticker-field.tsx'
import { mayEdit } from './shown-to.ts'

type Props = {
  proposal: Factsheet['spin_off_proposals'][number]
  symbol: string
  source: string
  path: string
}

/** Asks what a split with the ratio of a spin-off was; either answer is booked by its button. */
export const SpinOffProposal = ({ proposal, symbol, source, path }: Props) => {
  const { day: date, numerator, denominator, cost_share: part } = proposal
  return (
    <section class="panel proposal" aria-label="Corporate action">
      <h2>Was this a spin-off?</h2>
      <p class="aside">
        {sentence(
          `${source} lists a split of ${exact(String(numerator))} for ${exact(String(denominator))} on ${day(date)}`,
        )}{' '}
        Spin-offs are listed so: your shares of {symbol} stay as many, and shares of another company arrive.
        Until you say what it was, it counts as a split.
      </p>
      {mayEdit() && (
        <>
          <form method="post" action={`${path}/spin-off`} class="filter-form">
            <input type="hidden" name="day" value={date} />
            <NewTickerField name="new_symbol" />
            <label>
              <span>Shares you received</span>
              <input name="shares" required size={10} inputmode="decimal" autocomplete="off" />
            </label>
            <label>
              <span>Part of the cost</span>
              <input name="cost_share" value={part} size={8} inputmode="decimal" autocomplete="off" />
            </label>
            <button class="button primary">Book the spin-off</button>
          </form>
          <form method="post" action={`${path}/split`}>
            <input type="hidden" name="day" value={date} />
            <button class="button">It was a split</button>
          </form>
        </>
      )}
    </section>
  )
}
