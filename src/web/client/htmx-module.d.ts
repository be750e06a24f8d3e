/** Its file with the default export has no types. */
declare module 'htmx.org/dist/htmx.esm.js' {
  const htmx: { ajax(verb: string, path: string, options: { swap: string }): Promise<void> }
  export default htmx
}
