import { afterSwap, beforeSwap } from './htmx.ts'

/**
 * A form in `data-editing` outlives every swap of what is around it but the one that answers it: morphing skips it,
 * and where the new content has no place for it, because its row is gone or on another page, one is made.
 */
export function editing(): void {
  beforeSwap(({ fragment, target, source }) => {
    for (const edited of target.querySelectorAll<HTMLElement>('[data-editing]')) {
      if (edited.contains(source)) edited.removeAttribute('hx-morph-skip')
      else if (!fragment.querySelector(`#${CSS.escape(edited.id)}`)) {
        const place = document.createElement(edited.tagName)
        place.id = edited.id
        fragment.querySelector('tbody')?.prepend(place)
      }
    }
  })
  afterSwap(() => {
    // htmx has given it the focus; left there, it would take it again with every swap
    for (const focused of document.querySelectorAll('[autofocus]')) focused.removeAttribute('autofocus')
  })
}
