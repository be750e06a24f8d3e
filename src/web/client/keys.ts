/** One key, one action; every one of them is a button or a link that is on the page. */
export function keys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const found = document.querySelector<HTMLElement>(selectorOf(event.key))
    if (!found) return
    event.preventDefault()
    found.click()
  })
}

function selectorOf(key: string): string {
  if (key === 'r') return '#freshness form button:enabled'
  if (key === 'n') return '#add-transaction'
  if (key === 'p') return '[data-preference=privacy]'
  return /^[1-6]$/.test(key) ? `.ranges a:nth-of-type(${key})` : ':not(*)'
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, select, textarea'))
  )
}
