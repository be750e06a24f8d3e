/** A CSV file as a text module: `[[rules]]` in wrangler.toml, and test/as-deployed.ts. */
declare module '*.csv' {
  const text: string
  export default text
}
