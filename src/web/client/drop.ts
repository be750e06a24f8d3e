/**
 * Takes a file that is dropped anywhere on a page of a portfolio, and shows what an import of it would do: on the import page
 * by its form, elsewhere by one that is made for it.
 */
export function drops(): void {
  const form = document.querySelector<HTMLFormElement>('[data-drop]') ?? formOfPage()
  const input = form?.querySelector<HTMLInputElement>('input[type=file]')
  if (!form || !input) return
  document.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    form.classList.add('over')
  })
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) form.classList.remove('over')
  })
  document.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    form.classList.remove('over')
    input.files = event.dataTransfer.files
    if (!form.isConnected) document.body.append(form)
    form.submit()
  })
}

/** Null on a page of no portfolio. */
function formOfPage(): HTMLFormElement | null {
  const [portfolio] = /^\/portfolios\/[\da-f-]{36}/.exec(location.pathname) ?? []
  if (portfolio === undefined) return null
  const form = document.createElement('form')
  form.method = 'post'
  form.action = `${portfolio}/imports`
  form.enctype = 'multipart/form-data'
  form.hidden = true
  const [isPreview, file] = [document.createElement('input'), document.createElement('input')]
  Object.assign(isPreview, { type: 'hidden', name: 'preview', value: '1' })
  Object.assign(file, { type: 'file', name: 'file' })
  form.append(isPreview, file)
  return form
}
