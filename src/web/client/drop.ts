/** Takes a file that is dropped anywhere on the import page as the chosen one. */
export function drops(): void {
  const form = document.querySelector<HTMLFormElement>('[data-drop]')
  const input = form?.querySelector<HTMLInputElement>('input[type=file]')
  if (!form || !input) return
  document.addEventListener('dragover', (event) => {
    event.preventDefault()
    form.classList.add('over')
  })
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) form.classList.remove('over')
  })
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    form.classList.remove('over')
    if (event.dataTransfer?.files.length) input.files = event.dataTransfer.files
  })
}
