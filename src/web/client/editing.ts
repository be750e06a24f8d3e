import { afterSwap, beforeSwap } from './htmx.ts'

/**
 * Keeps an open form (`data-editing`) through every swap around it, except for the swap that answers the form itself.
 * Morphing skips the form. When its row is missing in the new content, a place is made for it.
 */
export function editing(): void {
  let left: string | null = null
  beforeSwap(({ fragment, target, source }) => {
    for (const edited of target.querySelectorAll<HTMLElement>('[data-editing]')) {
      if (edited.contains(source)) {
        edited.removeAttribute('hx-morph-skip')
        left = edited.id
      } else if (!within(fragment, edited)) keepPlace(fragment, edited)
    }
  })
  afterSwap(() => {
    // a canceled form had the focus, which goes back to the link that opened the form
    if (left !== null && document.activeElement === document.body) {
      const opened = document.getElementById(left)?.querySelector<HTMLElement>('[title=Edit]')
      ;(opened ?? document.querySelector<HTMLElement>('a[href$="/transactions/new"]'))?.focus()
    }
    left = null
    // htmx has set the focus; with the attribute it would set it again at every swap
    for (const focused of document.querySelectorAll('[autofocus]')) focused.removeAttribute('autofocus')
  })
}

function within(fragment: DocumentFragment, { id }: Element): Element | null {
  return id === '' ? null : fragment.querySelector(`#${CSS.escape(id)}`)
}

/** Makes a place behind the nearest earlier row that is still there, or else at the top of the table. */
function keepPlace(fragment: DocumentFragment, edited: Element): void {
  const place = document.createElement(edited.tagName)
  place.id = edited.id
  for (let row = edited.previousElementSibling; row; row = row.previousElementSibling) {
    const before = within(fragment, row)
    if (before) return before.after(place)
  }
  fragment.querySelector('.trades > tbody')?.prepend(place)
}
