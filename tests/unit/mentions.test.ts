import { describe, expect, it } from 'vitest'
import { mentionsIn } from '../../shared/domain/mentions.ts'

const USERS = [
  { id: 'ali', name: 'علی رضایی' },
  { id: 'ali2', name: 'علی' },
  { id: 'pour', name: 'سارا علی‌پور' },
  { id: 'reza', name: 'رضا' },
  { id: 'sara', name: 'سارا کریمی' },
]
const named = (text: string) => mentionsIn(text, USERS).map((m) => m.user_id)
const shown = (text: string) => mentionsIn(text, USERS).map((m) => text.slice(m.start, m.end))

describe('colleagues named with @', () => {
  it.each([
    ['@علی رضایی ببیند', ['ali']],
    ['@علی ببیند', ['ali2']],
    ['@علی_رضایی', ['ali']],
    ['به @سارا علی پور بگو', ['pour']],
    ['@سارا عليپور', ['pour']],
    ['@سارا', []],
    ['@رضا، @علی', ['reza', 'ali2']],
    ['(@رضا)', ['reza']],
    ['info@رضا.ir', []],
    ['@', []],
    ['@ رضا', []],
    ['رضا', []],
    ['@رضایی', []],
  ])('%s', (text, ids) => expect(named(text)).toEqual(ids))
  it('marks the name and nothing after it', () => {
    expect(shown('سلام @علی رضایی، خوبی؟ @رضا!')).toEqual(['@علی رضایی', '@رضا'])
  })
})
