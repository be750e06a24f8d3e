import { arrows, fullTime, signedMoney, signedPercent, type Tone, tone, when } from '../format.ts'

type Marks = { live?: string; arrow?: boolean }

/** Money won or lost: sign and colour, with `arrow` also that. `live` names the figure for the flash on change. */
export const Gain = ({
  amount,
  currency,
  live,
  arrow,
}: { amount: string | null; currency: string } & Marks) => (
  <span class={`gain-${tone(amount)}`} data-money data-live={live}>
    {arrow && <Arrow of={tone(amount)} />}
    {signedMoney(amount, currency)}
  </span>
)

export const Change = ({ ratio, live, arrow }: { ratio: number | null } & Marks) => (
  <span class={`gain-${tone(ratio)}`} data-live={live}>
    {arrow && <Arrow of={tone(ratio)} />}
    {signedPercent(ratio)}
  </span>
)

/** Beside the sign and the colour, for those who see neither well. */
export const Arrow = ({ of }: { of: Tone }) =>
  of === 'even' ? null : (
    <span class="arrow" aria-hidden="true">
      {arrows[of]}
    </span>
  )

/** An instant, short; whole on hover. */
export const Moment = ({ at, now }: { at: number; now: number }) => (
  <time datetime={`${new Date(at).toISOString().slice(0, 19)}Z`} title={fullTime(at)}>
    {when(at, now)}
  </time>
)
