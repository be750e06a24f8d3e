import css from './options.css' with { type: 'text' }

/** Adds a style sheet that only the elements of a script need. */
export function adopt(css: string): void {
  const style = new CSSStyleSheet()
  style.replaceSync(css)
  document.adoptedStyleSheets.push(style)
}

// both scripts that show such a list load this file, and it is run once
adopt(css)
