import { parseXml, type XmlElement, XmlElement as Element, XmlError } from '@rgrove/parse-xml'

/** Parses a document without entities of its own; null for one that is not well formed. */
export function xmlRoot(text: string): XmlElement | null {
  try {
    return parseXml(text, { includeOffsets: true, ignoreUndefinedEntities: true }).root
  } catch (error) {
    if (error instanceof XmlError) return null
    throw error
  }
}

export function children(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => child instanceof Element)
}

/** All elements below, in the order of the document. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  for (const child of children(element)) {
    yield child
    yield* descendants(child)
  }
}

/** The text of the first element of that name below; '' without one. */
export function textOf(element: XmlElement, name: string): string {
  for (const each of descendants(element)) if (each.name === name) return each.text.trim()
  return ''
}

/** Counts lines up to offsets that only grow. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1
  let at = 0
  return (offset) => {
    for (;;) {
      const next = text.indexOf('\n', at)
      if (next < 0 || next >= offset) return line
      line++
      at = next + 1
    }
  }
}
