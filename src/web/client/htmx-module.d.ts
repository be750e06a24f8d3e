/** The file of htmx that has a default export has no types of its own. */
declare module 'htmx.org/dist/htmx.esm.js' {
  const htmx: { ajax(verb: string, path: string, options: { swap: string }): Promise<void> }
  export default htmx
}
