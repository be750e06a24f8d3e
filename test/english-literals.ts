import { parseAst } from 'rolldown/parseAst'

/** A literal that a person would read, and where it stands. */
export type Found = { line: number; text: string }

// eslint-disable-next-line typescript/no-explicit-any -- a node of any kind
type Node = any

/**
 * The literals of a file that a page would show in English to everybody: text in JSX, attributes that are read, and
 * prose in any other place. What `t`, `parts` or `translated` is called with is found by the types; a text that is a
 * key of the catalog (`isKey`) may also stand in a constant, of the type `Words`.
 */
export function englishLiterals(
  source: string,
  isKey: (text: string) => boolean,
  lang: 'ts' | 'tsx' = 'tsx',
): Found[] {
  const found: Found[] = []
  const say = (node: Node, text: string) => {
    const words = text.replace(/\s+/g, ' ').trim()
    // a ticker or an abbreviation is the same in every language, and a list without spaces is a row of a file
    const read = words.replaceAll(NAMES, '').replaceAll(/\{\w*\}|\b[A-Z0-9]{2,}\b/g, '')
    if (/\p{L}{2,}/u.test(read) && !/\p{L},\p{L}/u.test(words))
      found.push({ line: source.slice(0, node.start).split('\n').length, text: words })
  }
  const walk = (node: Node, place: Place): void => {
    if (Array.isArray(node)) return node.forEach((each) => walk(each, place))
    if (typeof node?.type !== 'string') return
    switch (node.type) {
      case 'JSXText':
        return say(node, node.value)
      case 'JSXElement': {
        const { name, attributes } = node.openingElement
        // code is the same in every language
        const isCode = name.name === 'code' || name.name === 'kbd'
        for (const each of attributes) walk(each, /^[a-z]/.test(name.name ?? '') ? 'element' : 'component')
        return isCode ? undefined : walk(node.children, 'shown')
      }
      case 'JSXFragment':
        return walk(node.children, 'shown')
      case 'JSXAttribute': {
        const name = node.name.name as string
        if (READ.has(name)) return walk(node.value, 'shown')
        return walk(node.value, place === 'component' && !CODED.has(name) ? 'elsewhere' : 'coded')
      }
      case 'JSXExpressionContainer':
        return walk(node.expression, place)
      case 'ConditionalExpression':
        walk(node.test, 'elsewhere')
        walk(node.consequent, place)
        return walk(node.alternate, place)
      case 'LogicalExpression':
        walk(node.left, node.operator === '&&' ? 'elsewhere' : place)
        return walk(node.right, place)
      case 'BinaryExpression':
        // what is compared is not said
        return node.operator === '+' ? walk([node.left, node.right], place) : walkUnsaid(node)
      case 'AssignmentExpression':
        return walk(node.right, node.left.property?.name === 'className' ? 'coded' : 'elsewhere')
      case 'SwitchCase':
        return walk(node.consequent, 'elsewhere')
      case 'Literal':
        if (typeof node.value !== 'string' || place === 'coded') return
        if (place === 'shown' || (isProse(node.value) && !isKey(node.value))) say(node, node.value)
        return
      case 'TemplateLiteral': {
        const text = textOf(node)
        if (place === 'shown' ? !isKey(text) : place === 'elsewhere' && isProse(text) && !isKey(text))
          say(node, text)
        return walk(node.expressions, 'elsewhere')
      }
      case 'TaggedTemplateExpression':
        if (node.tag.name !== 'html') return walk(node.quasi.expressions, 'elsewhere')
        for (const text of readIn(textOf(node.quasi))) say(node, text)
        return node.quasi.expressions.forEach((each: Node, i: number) =>
          walk(each, isOfClass(node.quasi.quasis[i].value.cooked) ? 'coded' : 'elsewhere'),
        )
      case 'CallExpression':
      case 'NewExpression': {
        const name = node.callee.name ?? node.callee.property?.name
        if (UNSAID.has(name)) return
        const [markup] = node.arguments
        if (name === 'raw' && markup?.type === 'TemplateLiteral') {
          for (const text of readIn(textOf(markup))) say(node, text)
          return walk(markup.expressions, 'elsewhere')
        }
        if (name === 'raw' && markup?.type === 'Literal') {
          for (const text of readIn(markup.value)) say(node, text)
          return
        }
        walk(node.callee, 'elsewhere')
        return walk(node.arguments, SAYING.has(name) ? 'coded' : 'elsewhere')
      }
      case 'Property':
        return walk(node.value, CODED.has(node.key.name) ? 'coded' : 'elsewhere')
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
        return walk(node.declaration, 'elsewhere')
    }
    if (node.type.startsWith('TS') && !node.type.endsWith('Expression')) return
    for (const [key, each] of Object.entries(node))
      if (key !== 'typeAnnotation') walk(each, place === 'coded' ? 'coded' : 'elsewhere')
  }
  /** The sides of a comparison may be calls with sentences of their own. */
  const walkUnsaid = (node: Node) => {
    for (const side of [node.left, node.right]) if (side.type !== 'Literal') walk(side, 'elsewhere')
  }
  walk(parseAst(source, { lang }).body, 'elsewhere')
  return found
}

/** Shown as it is, an attribute of an element or a component, a value that no page shows, or anywhere else. */
type Place = 'shown' | 'element' | 'component' | 'coded' | 'elsewhere'

/** Attributes that a person reads or hears. */
const READ = new Set(['title', 'aria-label', 'placeholder', 'alt', 'label', 'aria-roledescription'])
const CODED = new Set(['class', 'id', 'href', 'value', 'path', 'd', 'of', 'at', 'header'])
/** What these are called with is words of the catalog, which the types see to. */
const SAYING = new Set(['t', 'parts', 'translated'])
/** What goes into an error, a log, a header or a file, or to a program, is English, and a selector is no sentence. */
const UNSAID = new Set(
  'problem downloaded beginCeremony endCeremony withdraw csv json includes Error TypeError RangeError log warn error header setCookie querySelector querySelectorAll closest matches matchMedia'.split(
    ' ',
  ),
)
/** The same in every language: names, keys of a keyboard, names that one can change, and what is typed or sent as it is. */
const NAMES =
  /Yardstick|New York|Fidelity|Robinhood|^Esc$|^Demo$|each time|^Use$|VOO for TSLA|^Book$|^sign in$|^K7QF-.*|^(?:open|checked)$|kept on/g

/** Two words in a row, or one that begins a sentence. */
function isProse(text: string): boolean {
  // a selector, a class, a trigger, a range that a program asks for, or what a header says of a body
  if (/[[\]#]|^\.|; charset=|^range must be|^swatch |^roomy wide$|^changed from:|^<polyline /.test(text))
    return false
  return /\p{L}{2,}[,.:;]? \p{L}{2,}/u.test(text) || /^\p{Lu}[\p{Ll}’-]+(?:[ ,.…!?:]|$)/u.test(text.trim())
}

/** A template with `{}` where its values stand. */
function textOf(node: Node): string {
  return node.quasis.map((each: Node) => each.value.cooked).join('{}')
}

/** Whether what comes after a piece of HTML is the value of an attribute that nobody reads. */
function isOfClass(before: string): boolean {
  return /="[^"]*$/.test(before) && !/(?:title|label)="[^"]*$/.test(before)
}

/** What is read of a piece of HTML: the texts between tags, and the attributes. */
function readIn(html: string): string[] {
  const attributes = html.matchAll(/\b(?:title|aria-label|placeholder|alt)="([^"]*)"/g)
  const texts = html.split(/<[^>]*>/).map((text) => text.replaceAll(/(?:^|\s)[\w-]+="[^"]*"|^ data-\w+/g, ''))
  return [...texts, ...[...attributes].map(([, text]) => text!)]
}
