import { afterSwap, beforeSwap } from './htmx.ts'

/**
 * A form in `data-editing` outlives every swap of what is around it but the one that answers it: morphing skips it,
 * and where the new content has no place for it, because its row is gone or on another page, one is made.
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
    // cancelled, the form took the focus along: it goes back to what had opened it
    if (left !== null && document.activeElement === document.body) {
      const opened = document.getElementById(left)?.querySelector<HTMLElement>('[title=Edit]')
      ;(opened ?? document.querySelector<HTMLElement>('a[href$="/transactions/new"]'))?.focus()
    }
    left = null
    // htmx has given it the focus; left there, it would take it again with every swap
    for (const focused of document.querySelectorAll('[autofocus]')) focused.removeAttribute('autofocus')
  })
}

function within(fragment: DocumentFragment, { id }: Element): Element | null {
  return id === '' ? null : fragment.querySelector(`#${CSS.escape(id)}`)
}

/** Behind the nearest row before it that is still there, else at the top of its table. */
function keepPlace(fragment: DocumentFragment, edited: Element): void {
  const place = document.createElement(edited.tagName)
  place.id = edited.id
  for (let row = edited.previousElementSibling; row; row = row.previousElementSibling) {
    const before = within(fragment, row)
    if (before) return before.after(place)
  }
  fragment.querySelector('.trades > tbody')?.prepend(place)
}
