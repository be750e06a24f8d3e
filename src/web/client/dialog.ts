import { adopt } from './options.ts'
import css from './dialog.css' with { type: 'text' }

adopt(css)

/** Opens a dialog in the middle of the page. When it closes, it is removed and the focus returns to where it was. */
export function openDialog(id: string, label: string, ...content: Node[]): HTMLDialogElement {
  document.getElementById(id)?.remove()
  for (const open of document.querySelectorAll('dialog[open]')) open.remove()
  const dialog = made('dialog', { id, class: 'dialog', 'aria-label': label }, ...content)
  dialog.addEventListener('close', () => dialog.remove())
  // a click on the backdrop has the dialog itself as its target
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close())
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

export function made<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string>,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...content)
  return element
}
