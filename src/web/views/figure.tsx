import { arrows, fullTime, signedMoney, signedPercent, tone, when } from '../format.ts'

/** Money won or lost: sign, arrow and colour. `live` names the cell for the flash on change. */
export const Gain = ({ amount, currency, live }: { amount: string | null; currency: string; live?: string }) => (
  <span class={`gain-${tone(amount)}`} data-money data-live={live}>
    {signedMoney(amount, currency)}
  </span>
)

export const Change = ({ ratio, live, arrow }: { ratio: number | null; live?: string; arrow?: boolean }) => (
  <span class={`gain-${tone(ratio)}`} data-live={live}>
    {arrow && ratio !== null && <Arrow of={ratio} />}
    {signedPercent(ratio)}
  </span>
)

/** Beside the sign and the colour, for those who see neither well. */
export const Arrow = ({ of }: { of: string | number | null }) =>
  tone(of) === 'even' ? null : (
    <span class="arrow" aria-hidden="true">
      {arrows[tone(of)]}
    </span>
  )

/** An instant, short; whole on hover. */
export const Moment = ({ at, now }: { at: number; now: number }) => (
  <time datetime={new Date(at).toISOString()} title={fullTime(at)}>
    {when(at, now)}
  </time>
)
