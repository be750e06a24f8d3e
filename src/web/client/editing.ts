import type * as htmx from './htmx.ts'

/**
 * Keeps an open form (`data-editing`) through every swap around it, except for the swap that answers the form itself.
 * A morph skips the form. When the new content lacks the row of the form, a row is made for it. The events are handed over,
 * because a module that this one shared with the rest would be a file of its own.
 */
export function editing({ beforeSwap, afterSwap }: Pick<typeof htmx, 'beforeSwap' | 'afterSwap'>): void {
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
    // the focus of a canceled form returns to the link that opened it
    if (left !== null && document.activeElement === document.body) {
      const opened = document.getElementById(left)?.querySelector<HTMLElement>('[title=Edit]')
      ;(opened ?? document.querySelector<HTMLElement>('a[href$="/transactions/new"]'))?.focus()
    }
    left = null
    // htmx sets the focus at every swap while the attribute is there; once is enough
    for (const focused of document.querySelectorAll('[autofocus]')) focused.removeAttribute('autofocus')
  })
}

function within(fragment: DocumentFragment, { id }: Element): Element | null {
  return id === '' ? null : fragment.querySelector(`#${CSS.escape(id)}`)
}

/** Makes a row behind the nearest earlier row that is still there, or else at the top of the table. */
function keepPlace(fragment: DocumentFragment, edited: Element): void {
  const place = document.createElement(edited.tagName)
  place.id = edited.id
  for (let row = edited.previousElementSibling; row; row = row.previousElementSibling) {
    const before = within(fragment, row)
    if (before) return before.after(place)
  }
  fragment.querySelector('.trades > tbody')?.prepend(place)
}
