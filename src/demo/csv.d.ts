/** A CSV file as a text module: `[[rules]]` in wrangler.toml, and a plugin in vitest.config.ts. */
declare module '*.csv' {
  const text: string
  export default text
}
