/** What a trade comes to while it is typed, beside its button: a slip of the finger is seen before it is saved. */
export function entrySums(): void {
  document.addEventListener('input', ({ target }) => {
    const form = (target as Element).closest<HTMLFormElement>('form.entry')
    if (form) form.querySelector<HTMLElement>('[data-sum]')!.textContent = sum(new FormData(form))
  })
}

/** As the reader writes numbers; the page's own formats come with its first script, and this file after it. */
function exact(number: number, least = 0): string {
  const { locale } = document.documentElement.dataset
  return number.toLocaleString(locale ?? 'en-US', {
    minimumFractionDigits: least,
    maximumFractionDigits: 10,
  })
}

/** `10 × 185.92 + 1 = 1,860.20`; nothing until there is a number of shares and a price. */
function sum(typed: FormData): string {
  const of = (name: string) => {
    const value = typed.get(name)
    return typeof value === 'string' ? Number(value.replace(/[$,\s]/g, '')) : NaN
  }
  const [type, shares, price, fee] = [typed.get('type'), of('shares'), of('price'), of('fee')]
  if ((type !== 'buy' && type !== 'sell') || !(shares > 0) || !(price > 0) || !(fee >= 0)) return ''
  const total = shares * price + (type === 'buy' ? fee : -fee)
  const charged = fee > 0 ? ` ${type === 'buy' ? '+' : '−'} ${exact(fee)}` : ''
  return `${exact(shares)} × ${exact(price)}${charged} = ${exact(Number(total.toFixed(2)), 2)}`
}
