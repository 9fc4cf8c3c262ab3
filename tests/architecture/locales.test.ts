import { describe, expect, it } from 'vitest'
import { sources } from './sources.ts'

type Tree = { [key: string]: string | Tree }
const files = sources(['locales'], ['.json'])
const flat = (tree: Tree, prefix = ''): Array<[string, string]> =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  )
const load = (language: string) =>
  new Map(
    files
      .filter((f) => f.path.startsWith(`locales/${language}/`))
      .flatMap((f) => flat(JSON.parse(f.text) as Tree, `${f.path.split('/')[2]!.replace('.json', '')}:`)),
  )
const fa = load('fa')
const en = load('en')
const plural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')
const keysOf = (map: Map<string, string>) => [...new Set([...map.keys()].map(plural))].sort()
const holes = (text: string) =>
  [...text.matchAll(/\{\{\s*([\w.]+)/g)]
    .map((m) => m[1]!)
    .filter((name) => name !== 'count')
    .sort()

describe('locales', () => {
  it('say the same things in Persian and English', () => {
    const [inFa, inEn] = [new Set(keysOf(fa)), new Set(keysOf(en))]
    expect(inFa.size).toBeGreaterThan(100)
    expect([...inFa].filter((k) => !inEn.has(k))).toEqual([])
    expect([...inEn].filter((k) => !inFa.has(k))).toEqual([])
  })

  it('fill the same holes in both', () => {
    const wrong = [...fa.keys()].filter((k) => en.has(k) && holes(fa.get(k)!).join() !== holes(en.get(k)!).join())
    expect(wrong).toEqual([])
  })

  it('are written with Persian letters, not Arabic ones, and with Persian digits', () => {
    const wrong = [...fa].filter(
      ([, text]) =>
        /[يكىة٠-٩]/.test(text) ||
        /(^|[\u0600-\u06FF]\s?)[0-9]+(\s?[\u0600-\u06FF]|$)/.test(text.replace(/\{\{.*?\}\}/g, '')),
    )
    expect(wrong).toEqual([])
  })

  it('leave nothing empty', () => {
    expect([...fa, ...en].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('have every key that a component names', () => {
    const known = new Set([...keysOf(fa), ...keysOf(en)])
    const missing = sources(['renderer'], ['.tsx', '.ts'])
      .filter((s) => !/gallery/.test(s.path))
      .flatMap((s) => {
        const namespace = /useTranslation\(\s*\[?['"](\w+)['"]/.exec(s.text)?.[1]
        return [...s.text.matchAll(/\bt\(\s*['"]([\w:.-]+)['"]/g)]
          .map((m) => m[1]!)
          .filter((key) => !key.endsWith('.') && !key.endsWith(':'))
          .map((key) => ({ at: s.path, key: key.includes(':') ? key : namespace ? `${namespace}:${key}` : null }))
          .filter((use): use is { at: string; key: string } => use.key !== null && !known.has(plural(use.key)))
          .map((use) => `${use.at} ${use.key}`)
      })
    expect(missing).toEqual([])
  })
})
