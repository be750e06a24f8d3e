/** What the floors below say of a portfolio: why there is no figure, what was assumed, and how a figure is calculated. */
export const ledger = {
  buy: 'Kauf',
} as const satisfies Record<string, string>
