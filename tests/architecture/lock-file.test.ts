import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Part {
  version?: string
  resolved?: string
  optionalDependencies?: Record<string, string>
}
const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')
const { packages } = JSON.parse(text) as { packages: Record<string, Part> }

describe('package-lock.json', () => {
  it('names the optional parts of every platform, or npm ci refuses it on a clean computer', () => {
    const missing = Object.entries(packages).flatMap(([key, part]) =>
      Object.keys(part.optionalDependencies ?? {}).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${key}/node_modules/${name}`],
      ),
    )
    expect(missing).toEqual([])
  })

  it('names no place to fetch from: everyone uses the registry of their own network', () => {
    expect(
      Object.entries(packages)
        .filter(([, part]) => /^https?:/.test(part.resolved ?? ''))
        .map(([key]) => key),
    ).toEqual([])
  })
})
