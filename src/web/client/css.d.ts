/** A style sheet as text, for what is loaded on demand: `import css from './x.css' with { type: 'text' }`. */
declare module '*.css' {
  const css: string
  export default css
}
