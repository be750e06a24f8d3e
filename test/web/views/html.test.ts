import { jsx } from 'hono/jsx/jsx-runtime'
import { expect, it } from 'vitest'
import { html, raw } from '../../../src/web/views/html.ts'

const text = (of: ReturnType<typeof html>) => of.toString()

it('escapes what somebody wrote, in a text and in an attribute', () => {
  const note = `<b title="1">R&D's</b>`
  expect(text(html`<i title="${note}">${note}</i>`)).toBe(
    '<i title="&lt;b title=&quot;1&quot;&gt;R&amp;D&#39;s&lt;/b&gt;">&lt;b title=&quot;1&quot;&gt;R&amp;D&#39;s&lt;/b&gt;</i>',
  )
})

it('leaves what was written as markup, by itself, by JSX and by our own code', () => {
  expect(text(html`${html`<b>${'<'}</b>`}${jsx('i', { children: '>' })}${raw('<hr>')}`)).toBe(
    '<b>&lt;</b><i>&gt;</i><hr>',
  )
})

it('is markup within JSX, too', () => {
  expect(jsx('p', { children: html`<b>${'&'}</b>` }).toString()).toBe('<p><b>&amp;</b></p>')
})

it('writes each of a list, figures, and nothing for what is missing or false', () => {
  expect(text(html`${['<', [html`<hr>`, 0]]}|${1.5}|${null}${undefined}${false}${true}|`)).toBe(
    '&lt;<hr>0|1.5||',
  )
})
