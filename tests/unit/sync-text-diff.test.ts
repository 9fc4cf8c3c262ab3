import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffWords, type Range } from '../../renderer/modules/sync/text-diff.ts'

const cut = (text: string, ranges: readonly Range[]) => ranges.map(([start, end]) => text.slice(start, end))

/** What is left of a text when the marked parts are taken out. */
const rest = (text: string, ranges: readonly Range[]) => {
  let left = ''
  let from = 0
  for (const [start, end] of ranges) {
    left += `${text.slice(from, start)} `
    from = end
  }
  return (left + text.slice(from)).split(/\s+/).filter(Boolean)
}

test('the words that differ are marked, neighbours as one', () => {
  const [a, b] = ['همیشه نقد می‌خرد و خوش‌حساب است', 'همیشه با چک می‌خرد و خوش‌حساب است. نزدیک است']
  const ranges = diffWords(a, b)
  expect(cut(a, ranges.a)).toEqual(['نقد'])
  expect(cut(b, ranges.b)).toEqual(['با چک', 'است. نزدیک'])
})

test('nothing is marked in equal texts, and in texts without a word in common', () => {
  expect(diffWords('یک دو', 'یک دو')).toEqual({ a: [], b: [] })
  expect(diffWords('یک دو', 'سه چهار')).toEqual({ a: [], b: [] })
  expect(diffWords('', 'سه')).toEqual({ a: [], b: [] })
})

test('what is not marked is the same in both, word by word', () => {
  const text = fc.array(fc.constantFrom('یک', 'دو', 'سه', 'چهار'), { maxLength: 12 }).map((words) => words.join(' '))
  fc.assert(
    fc.property(text, text, (a, b) => {
      const ranges = diffWords(a, b)
      fc.pre(ranges.a.length + ranges.b.length > 0)
      expect(rest(a, ranges.a)).toEqual(rest(b, ranges.b))
    }),
  )
})
