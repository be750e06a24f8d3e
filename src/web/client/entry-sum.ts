/**
 * Shows the total of a trade while it is typed, and the name and latest price of its ticker, so that a typing error is
 * seen before it is saved.
 */
export function entrySums(): void {
  document.addEventListener('input', ({ target }) => {
    const form = (target as Element).closest<HTMLFormElement>('form.entry')
    if (!form) return
    const typed = new FormData(form)
    form.querySelector<HTMLElement>('[data-sum]')!.textContent = sum(typed)
    if ((target as HTMLInputElement).name === 'symbol') void nameTicker(form, typed.get('symbol') as string)
  })
}

type Listed = { symbol: string; name: string; price: string | null; currency: string }

let listed: Promise<Listed[]> | null = null

async function nameTicker(form: HTMLFormElement, typed: string): Promise<void> {
  listed ??= fetch(`/portfolios/${document.body.dataset.portfolio}/symbols.json`)
    .then((answer) => (answer.ok ? (answer.json() as Promise<Listed[]>) : []))
    .catch(() => [])
  const wanted = typed.trim().toUpperCase()
  const found = (await listed).find(({ symbol }) => symbol === wanted)
  const price = found?.price == null ? '' : ` · ${exact(Number(found.price), 2)} ${found.currency}`
  form.querySelector<HTMLElement>('[data-known]')!.textContent = found
    ? `${found.name}${price}`
    : (form.querySelector<HTMLElement>('[name=symbol]')!.dataset.named ?? '')
}

/** Writes a number in the reader’s locale. format.ts would make this file many times as large. */
function exact(number: number, least = 0): string {
  const { locale } = document.documentElement.dataset
  return number.toLocaleString(locale ?? 'en-US', {
    minimumFractionDigits: least,
    maximumFractionDigits: 10,
  })
}

/** `10 × 185.92 + 1 = 1,860.20`. Empty until there is a number of shares and a price. */
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
