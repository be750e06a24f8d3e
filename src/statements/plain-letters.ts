/**
 * The text with the letters that a keyboard in English has: `Gebühr` is `Gebuhr`, `Beløp` is `Belop`, `opłata` is `oplata`. Marks
 * come off by Unicode's own decomposition; letters with a stroke, and double ones, are no letter with a mark.
 */
export function plainLetters(text: string): string {
  return (
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      // the syllables of Korean were taken apart as well
      .normalize('NFC')
      .replace(/[ßøØæÆœŒłŁđĐıð]/g, (letter) => letters[letter]!)
  )
}

const letters: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  ð: 'd',
}
