import { describe, expect, it } from 'vitest'
import { dayIn, daysOf } from '../../src/statements/day-spelling.ts'

describe('a day whose parts say what they are', () => {
  it.each([
    ['2024-03-05', '2024-03-05'],
    ['2024/3/5', '2024-03-05'],
    ['2024-03-05T15:00:00.123Z', '2024-03-05'],
    ['2024-03-05 23:59:59', '2024-03-05'],
    ['2024-03-05, 10:15:00', '2024-03-05'],
    ['20240305', '2024-03-05'],
    ['20240305;202000', '2024-03-05'],
    ['20240305120000[-5:EST]', '2024-03-05'],
    ['05.03.2024', '2024-03-05'],
    ['5.3.24 10:15', '2024-03-05'],
    ['05-Mar-2024', '2024-03-05'],
    ['5 March 2024', '2024-03-05'],
    ['Mar 5, 2024', '2024-03-05'],
    ['Tue, 5 Mar 2024 10:15', '2024-03-05'],
    ['March 5th, 2024', '2024-03-05'],
    ['5. März 2024', '2024-03-05'],
    ['5 mars 2024', '2024-03-05'],
    ['5 de marzo de 2024', '2024-03-05'],
    ['5 maart 2024', '2024-03-05'],
    ['2024-Mar-05', '2024-03-05'],
    ['15 ene 2024', '2024-01-15'],
    ['15 gen 2024', '2024-01-15'],
    ['15 mai 2024', '2024-05-15'],
    ['15 maj 2024', '2024-05-15'],
    ['15 août 2024', '2024-08-15'],
    ['15 Okt 2024', '2024-10-15'],
    ['15 Dez 24', '2024-12-15'],
    ['03/07/2024 as of 03-05-2024', '2024-03-05'],
    // a spreadsheet counts 45,356 days from 1899-12-30
    ['45356', '2024-03-05'],
    ['45356.5', '2024-03-05'],
  ])('%s is %s', (cell, day) => expect(dayIn(cell, 'mdy')).toBe(day))
})

describe('a day whose order has to be known', () => {
  it.each([
    ['03/04/2024', '2024-04-03', '2024-03-04'],
    ['3-4-24', '2024-04-03', '2024-03-04'],
    ['25/12/2024 10:00', '2024-12-25', null],
    ['12/25/99', null, '1999-12-25'],
  ])('%s is %s or %s', (cell, dmy, mdy) => {
    expect([dayIn(cell, 'dmy'), dayIn(cell, 'mdy')]).toEqual([dmy, mdy])
  })

  it('may begin with a year of two digits', () => {
    expect(daysOf('24-03-05').days).toEqual({ dmy: '2005-03-24', mdy: null, ymd: '2024-03-05' })
  })
})

it.each([
  '',
  'soon',
  '13/13/2024',
  '2023-02-29',
  '31.02.2024',
  '1/3/123',
  '12,5',
  '3',
  '5 Mar',
  'Total 2024',
  '1/2-2024',
])('%j is no day', (cell) =>
  expect(daysOf(cell)).toMatchObject({ days: { dmy: null, mdy: null, ymd: null } }),
)

it('a cell of a million characters is looked at once', () => {
  for (const text of ['1/'.repeat(500_000), '1'.repeat(1_000_000), 'mar '.repeat(250_000)])
    expect(daysOf(text).days.dmy).toBeNull()
})

it('has months of many languages, some of which begin alike', () => {
  const months = {
    '01': '15 янв. 2024, 15 Ιαν 2024, 15 tammikuuta 2024, 15 Ocak 2024, 15. ledna 2024, 15. jaanuar 2024',
    '03': '15 marca 2024, 15 maaliskuuta 2024, 15 Μαρ 2024',
    '05': '15 de maio de 2024, 15 мая 2024, 15 Mayıs 2024, 15. května 2024',
    '06': '15. června 2024, 15. lipnja 2024, 15 Haziran 2024, 15 iunie 2024',
    '07': '15. července 2024, 15 lipca 2024, 15. srpnja 2024, 15 Temmuz 2024',
    '08': '15. srpna 2024, 15 sierpnia 2024, 15 elokuuta 2024, 15 Ağu 2024',
    '09': '15 de setembro de 2024, 15 setiembre 2024, 15 septembre 2024, 15 Eylül 2024',
    '10': '15 de outubro de 2024, 15. října 2024, 15 lokakuuta 2024',
    '11': '15 marraskuuta 2024, 15 listopada 2024, 15 noiembrie 2024, 15 Kasım 2024',
    '12': '15. desember 2024, 15. prosince 2024, 15 joulukuuta 2024, 15 Aralık 2024',
  }
  for (const [month, days] of Object.entries(months))
    for (const day of days.split(', ')) expect([day, daysOf(day).days.mdy]).toEqual([day, `2024-${month}-15`])
})
