import { expect, test } from 'vitest'
import { nodeCrypto } from '../../main/modules/sync/node-parts.ts'
import { BadSeal } from '../../main/sync/parts.ts'

const { newKey, open, recipientOf, seal } = nodeCrypto
const device = () => {
  const { key, secret } = newKey()
  return { key, secret, recipient: recipientOf(secret) }
}
const [maryam, sara, stranger] = [device(), device(), device()]
const text = 'سارا احمدی ۰۹۱۲۱۲۳۴۵۶۷ \u0000 \ud800'.repeat(50)
const sealed = seal(text, 'business', [maryam.recipient, sara.recipient])!

test('each of two owners opens what was sealed for both, and nobody else does', () => {
  for (const { secret } of [maryam, sara]) expect(open(sealed, 'business', secret)).toBe(text.toWellFormed())
  expect(open(sealed, 'business', stranger.secret)).toBeNull()
  expect(sealed).not.toContain('سارا')
  expect(seal(text, 'business', [maryam.recipient])).not.toBe(seal(text, 'business', [maryam.recipient]))
})

test('a device has one key to be sealed for, which is not the one it signs with', () => {
  expect(recipientOf(maryam.secret)).toBe(maryam.recipient)
  expect(Buffer.from(maryam.recipient, 'base64')).toHaveLength(32)
  expect(maryam.recipient).not.toBe(maryam.key)
})

test('one byte changed anywhere, an end cut off, or another business, and it is not opened', () => {
  const bad = (other: string, about = 'business') => {
    try {
      return open(other, about, maryam.secret) === null ? 'for others' : 'opened'
    } catch (error) {
      return error instanceof BadSeal ? 'bad' : String(error)
    }
  }
  expect(bad(sealed)).toBe('opened')
  expect(bad(sealed, 'another business')).toBe('bad')
  for (const end of [0, 1, sealed.length >> 1, sealed.length - 1]) expect(bad(sealed.slice(0, end))).toBe('bad')
  for (const none of ['null', '{}', '[]', '{"v":2}', '"x"']) expect(bad(none)).toBe('bad')
  for (let at = 0; at < sealed.length; at += 3) {
    const other = sealed[at] === 'A' ? 'B' : 'A'
    expect(bad(sealed.slice(0, at) + other + sealed.slice(at + 1)), `${at} ${sealed[at]}`).not.toBe('opened')
  }
  const { to, ...rest } = JSON.parse(sealed) as { to: unknown[] }
  expect(bad(JSON.stringify({ ...rest, to: [...to].reverse() }))).toBe('bad')
  expect(bad(JSON.stringify({ ...rest, to: to.slice(0, 1) }))).toBe('bad')
})

test('what is no key is left out, and with no key nothing is sealed', () => {
  // All zero, and of small order: the secret shared with it would be known to all.
  const none = ['', 'AA==', Buffer.alloc(32).toString('base64'), Buffer.alloc(32, 1).fill(0, 1).toString('base64')]
  expect(seal(text, 'business', none)).toBeNull()
  expect(seal(text, 'business', [])).toBeNull()
  expect(open(seal('x', 'business', [...none, sara.recipient])!, 'business', sara.secret)).toBe('x')
})
