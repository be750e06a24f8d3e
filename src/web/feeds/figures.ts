import type { SharedView } from '../../snapshot/shared-view.ts'

/**
 * What a program shows at a glance, such as the REST sensor of Home Assistant. Ratios are numbers (0.0123 is 1.23 %), amounts
 * decimal text in the portfolio's currency. With percentages only there is no field for an amount; and as amounts are in cents,
 * all the digits of a ratio would say how large they are.
 */
export function figures({ name, asOf, currency, value, xirr, twr, day, benchmarks }: SharedView) {
  return {
    name,
    as_of: asOf,
    ...(currency === null ? {} : { currency, value, day_change: day.amount }),
    day_ratio: short(day.ratio),
    xirr: short(xirr),
    twr: short(twr),
    benchmarks: benchmarks.map((each) => ({
      symbol: each.symbol,
      xirr: short(each.xirr),
      lead: short(each.lead),
      ...(currency === null ? {} : { gap: each.gap }),
    })),
  }
}

/** To a thousandth of a percent. */
function short(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 1e5) / 1e5
}
