/**
 * Closes the disclosures that lie over the page on Escape and on a click beside them, as menus do. The focus returns to
 * the summary. Without script they are plain disclosures.
 */
export function popovers(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return
    for (const open of openOnes()) {
      const hadFocus = open.contains(document.activeElement)
      open.open = false
      if (hadFocus) open.querySelector('summary')!.focus()
    }
  })
  document.addEventListener('click', ({ target }) => {
    for (const open of openOnes()) if (!open.contains(target as Node)) open.open = false
  })
  // only one is open at a time
  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.open || !target.matches(POPOVER)) return
      for (const other of openOnes()) if (other !== target && !other.contains(target)) other.open = false
    },
    true,
  )
}

const POPOVER = '.popover, .explain'

function openOnes(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>('details[open]')].filter((each) =>
    each.matches(POPOVER),
  )
}
