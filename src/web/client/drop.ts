/**
 * Takes a file that is dropped anywhere on a page of a portfolio, and shows what an import of it would do: on the import page
 * by its form, elsewhere by one that is made for it. Whoever calls it has kept the browser from opening the file.
 */
export function dropped(files: FileList): void {
  const form = dropForm() ?? formOfPage()
  const input = form?.querySelector<HTMLInputElement>('input[type=file]')
  if (!form || !input) return
  dragged(false)
  input.files = files
  if (!form.isConnected) document.body.append(form)
  form.requestSubmit()
}

/** Shows that a file is over the page, or no longer. */
export function dragged(isOver: boolean): void {
  dropForm()?.classList.toggle('over', isOver)
}

const dropForm = () => document.querySelector<HTMLFormElement>('[data-drop]')

/** Null where the page has no way to import: it is of no portfolio, or of one that the reader may only look at. */
function formOfPage(): HTMLFormElement | null {
  const imports = document.querySelector<HTMLAnchorElement>('.pages a[href$="/imports"]')
  if (!imports) return null
  const form = document.createElement('form')
  form.method = 'post'
  form.action = imports.href
  form.enctype = 'multipart/form-data'
  form.hidden = true
  const [isPreview, file] = [document.createElement('input'), document.createElement('input')]
  Object.assign(isPreview, { type: 'hidden', name: 'preview', value: '1' })
  Object.assign(file, { type: 'file', name: 'file' })
  form.append(isPreview, file)
  return form
}
