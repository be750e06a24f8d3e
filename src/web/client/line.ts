/** The unit of a chart’s lines. Privacy mode hides money, but not prices, which are public. */
export type Unit = 'money' | 'percent' | 'drawdown' | 'price'

/** A line of a chart. The first one is the portfolio's, drawn solid and filled; the others are dashed. */
export type Line = { name: string; values: (number | null)[] }
