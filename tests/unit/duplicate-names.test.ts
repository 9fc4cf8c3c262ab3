import { describe, expect, test } from 'vitest'
import { Blocks, Pairs } from '../../main/modules/duplicates/blocks.ts'
import { keyOfText, lettersWithout, relate } from '../../main/modules/duplicates/name-key.ts'

const between = (a: string, b: string) => {
  const one = relate(keyOfText(a), keyOfText(b))
  expect(relate(keyOfText(b), keyOfText(a)), `${b} / ${a}`).toBe(one)
  return one
}

describe('names', () => {
  test.each([
    ['علی رضایی', 'علي رضائي'],
    ['کریمی', 'كريمي'],
    ['علی‌پور حسین', 'حسین علی پور'],
    ['حسین علیپور', 'علی‌پور حسین'],
    ['آرش آذری', 'ارش اذری'],
    ['فاطمة زهرا', 'فاطمه زهرا'],
    ['آقای مهندس علی رضایی', 'علی رضایی'],
    ['حاج‌آقا کریم نوری', 'کریم نوری'],
    ['خانم دکتر مریم نوری', 'مریم نوری'],
    ['سید رضا موسوی', 'رضا موسوی'],
    ['اسماعیل رحمانی', 'اسمعیل رحمنی'],
    ['شرکت پارس پلاست (سهامی خاص)', 'پارس پلاست'],
  ])('%s and %s are the same', (a, b) => expect(between(a, b)).toBe('same'))

  test.each([
    ['محمد گودرزی', 'محمد گودزری'],
    ['محمد گودرزی', 'محمد گودررزی'],
    ['محمد نوشیروانی', 'نوشیروان محمد'],
    ['پریسا الماسچی', 'پریسا الماسجی'],
    ['نیلوفر یزدانپرست', 'نیلوفریزدان پرس'],
  ])('%s and %s are near', (a, b) => expect(between(a, b)).toBe('near'))

  test.each([
    ['رضایی', 'علی رضایی', 'part'],
    ['علی حسنی', 'علی حسینی', 'none'],
    ['پریسا صفوی', 'پریسا صفری', 'none'],
    ['علی رضایی', 'محمود گودرزی', 'none'],
    ['آقای دکتر', 'علی', 'none'],
    ['', 'علی', 'unknown'],
  ])('%s and %s: %s', (a, b, relation) => expect(between(a, b)).toBe(relation))

  test('one letter apart share a block', () => {
    const forms = (text: string) => lettersWithout(keyOfText(text).letters)
    expect(forms('محمد گودرزی').filter((f) => forms('محمد گودررزی').includes(f))).not.toEqual([])
    expect(forms('پریسا صفوی').filter((f) => forms('پریسا صفری').includes(f))).not.toEqual([])
    expect(forms('پریسا صفوی').filter((f) => forms('علی رضایی').includes(f))).toEqual([])
  })
})

describe('blocks', () => {
  test('give who shares a key, once, and leave out those with too many', () => {
    const blocks = new Blocks(1000)
    for (let pk = 1; pk <= 100; pk++) {
      blocks.add('all', pk)
      blocks.add(`three${pk % 33}`, pk)
      blocks.add(`three${pk % 33}`, pk)
      blocks.add(`alone${pk}`, pk)
    }
    const found: number[][] = []
    expect(blocks.forEach(4, (pks) => void found.push([...pks]))).toEqual({ leftOut: 1 })
    expect(found).toHaveLength(33)
    expect(found.find((pks) => pks[0] === 1)).toEqual([1, 34, 67, 100])
  })

  test('pairs are kept once however often and whichever way round they are found', () => {
    const pairs = new Pairs()
    for (let round = 0; round < 30; round++)
      for (let i = 1; i <= 500; i++) pairs.add(i % 2 ? i : i + 1, i % 2 ? i + 1 : i)
    expect(pairs.count()).toBe(500)
    expect([...pairs].slice(0, 3)).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ])
  })
})
