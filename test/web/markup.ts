/** An answer's markup as a parser reads it. */
export type Reading = {
  /** What no page of ours has: an element that a text made, an attribute that a quote ended, a text escaped twice. */
  flaws: string[]
  /** Every text and every attribute's value, as the browser has them. */
  said: string
}

/** Names of attributes as our pages write them. */
const ATTRIBUTE = /^[a-zA-Z][\w:.-]*$/

export async function readingOf(answer: Response): Promise<Reading> {
  const flaws: string[] = []
  const said: string[] = []
  const say = (text: string, where: string) => {
    const bare = /&(?!(?:[a-z]+|#\d+|#x[\da-f]+);)/i.exec(text)
    if (bare) flaws.push(`${where} has a bare & in “${text.slice(bare.index, bare.index + 40)}”`)
    if (/&amp;(?:lt|gt|amp|quot|#39);/.test(text))
      flaws.push(`${where} was escaped twice: “${text.slice(0, 80)}”`)
    said.push(decoded(text))
  }
  let text = ''
  const rewriter = new HTMLRewriter()
    .on('*', {
      element(element) {
        if (element.tagName === 'b') flaws.push('a text became a <b>')
        for (const [name = '', value = ''] of element.attributes) {
          const where = `${name} of <${element.tagName}>`
          if (!ATTRIBUTE.test(name)) flaws.push(`${where} is no attribute of ours`)
          say(value, where)
        }
      },
    })
    .onDocument({
      text(chunk) {
        text += chunk.text
        if (!chunk.lastInTextNode) return
        say(text, 'a text')
        text = ''
      },
    })
  await rewriter.transform(answer).text()
  return { flaws, said: said.join('\n') }
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }

function decoded(text: string): string {
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name]!)
}
