import { describe, expect, it } from 'vitest'
import { sources } from './sources.ts'

const screens = sources(['renderer'], ['.tsx', '.ts', '.css', '.html'])
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*/g, '$1')

describe('styles', () => {
  const PHYSICAL_CLASS =
    /["'`\s:](-?(?:ml|mr|pl|pr|left|right|scroll-ml|scroll-mr|scroll-pl|scroll-pr)-(?:\[|\d|px|auto|full)|(?:rounded-[lr]|rounded-t[lr]|rounded-b[lr]|border-[lr])(?:-|["'`\s])|text-(?:left|right)\b|float-(?:left|right)\b|clear-(?:left|right)\b)/
  const PHYSICAL_CSS =
    /(?:^|[;{\s'"])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|left|right)\s*:/
  const PHYSICAL_JS = /\b(?:margin|padding|border)(?:Left|Right)\w*\s*:/

  it('are logical: no left and no right', () => {
    const wrong = screens.flatMap((s) =>
      withoutComments(s.text)
        .split('\n')
        .map((line, i) => ({ line, at: `${s.path}:${i + 1}` }))
        .filter(
          ({ line }) =>
            PHYSICAL_CLASS.test(line) || (s.path.endsWith('.css') && PHYSICAL_CSS.test(line)) || PHYSICAL_JS.test(line),
        )
        .map(({ line, at }) => `${at} ${line.trim()}`),
    )
    expect(wrong).toEqual([])
  })

  it('would notice a physical class', () => {
    for (const bad of [
      'className="ml-2"',
      'className="a text-left"',
      "'rounded-l-md'",
      'className="-mr-1"',
      '"right-0"',
    ])
      expect(PHYSICAL_CLASS.test(bad), bad).toBe(true)
    for (const good of ['className="ms-2"', '"text-start"', '"rounded-s-md"', '"bright-5"', "'ArrowLeft'"])
      expect(PHYSICAL_CLASS.test(good), good).toBe(false)
  })
})

describe('words', () => {
  it('stand in locales, not in components', () => {
    const PERSIAN = /[\u0600-\u06FF]{2,}/
    const wrong = screens
      .filter((s) => !/gallery/.test(s.path) && /\.tsx?$/.test(s.path))
      .flatMap((s) =>
        withoutComments(s.text)
          .split('\n')
          .map((line, i) => ({ line, at: `${s.path}:${i + 1}` }))
          .filter(({ line }) => PERSIAN.test(line))
          .map(({ line, at }) => `${at} ${line.trim()}`),
      )
    expect(wrong).toEqual([])
  })
})
