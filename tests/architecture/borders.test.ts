import { builtinModules } from 'node:module'
import { describe, expect, it } from 'vitest'
import { type Import, importsOf, sources } from './sources.ts'

const WINGS = ['shared', 'main', 'renderer', 'server'] as const
const all = sources([...WINGS], ['.ts', '.tsx', '.mts'])
const imports = all.flatMap(importsOf)
const wingOf = (path: string) => path.split('/')[0]!
const say = (i: Import) => `${i.from} → ${i.to}`
const isNode = (name: string) => name.startsWith('node:') || builtinModules.includes(name)

describe('borders between the wings', () => {
  it('finds the imports at all', () => {
    expect(all.length).toBeGreaterThan(50)
    expect(imports.filter((i) => i.own).length).toBeGreaterThan(100)
  })

  it('lets shared import nothing but shared and pure packages', () => {
    const pure = ['zod', '@orpc/contract', 'jalaali-js', 'libphonenumber-js']
    const wrong = imports.filter(
      (i) =>
        wingOf(i.from) === 'shared' &&
        (i.own ? wingOf(i.to) !== 'shared' : !pure.some((p) => i.to === p || i.to.startsWith(`${p}/`))),
    )
    expect(wrong.map(say)).toEqual([])
  })

  it('keeps renderer and main apart', () => {
    const wrong = imports.filter(
      (i) =>
        (wingOf(i.from) === 'renderer' && ((i.own && wingOf(i.to) === 'main') || (!i.own && isNode(i.to)))) ||
        (wingOf(i.from) === 'main' && i.own && wingOf(i.to) === 'renderer'),
    )
    expect(wrong.map(say)).toEqual([])
  })

  it('lets the sync server use shared and nothing else of ours, and nobody use the server', () => {
    const wrong = imports.filter(
      (i) =>
        i.own &&
        ((wingOf(i.from) === 'server' && !['server', 'shared'].includes(wingOf(i.to))) ||
          (wingOf(i.from) !== 'server' && wingOf(i.to) === 'server')),
    )
    expect(wrong.map(say)).toEqual([])
  })

  it("lets only main/electron import 'electron'", () => {
    const wrong = imports.filter((i) => i.to === 'electron' && !i.from.startsWith('main/electron/'))
    expect(wrong.map(say)).toEqual([])
  })

  it('lets a host use the engine, never the engine a host, and modules no host', () => {
    const hosts = /^main\/(electron|web|cli)\//
    const wrong = imports.filter((i) => i.own && hosts.test(i.to) && !hosts.test(i.from) && !i.typeOnly)
    expect(wrong.map(say)).toEqual([])
  })

  it('has no import cycles', () => {
    const graph = new Map<string, string[]>()
    for (const i of imports) if (i.own && !i.typeOnly) graph.set(i.from, [...(graph.get(i.from) ?? []), i.to])
    const done = new Set<string>()
    const cycles: string[] = []
    const walk = (node: string, trail: string[]): void => {
      const at = trail.indexOf(node)
      if (at >= 0) {
        cycles.push([...trail.slice(at), node].join(' → '))
        return
      }
      if (done.has(node)) return
      for (const next of graph.get(node) ?? []) walk(next, [...trail, node])
      done.add(node)
    }
    for (const node of graph.keys()) walk(node, [])
    expect(cycles).toEqual([])
  })

  it('imports with the file ending, so that Node runs the sources as they are', () => {
    const wrong = imports.filter((i) => i.own && !/\.(ts|tsx|mts|json|css|sql|svg|png|cjs|mjs)(\?.*)?$/.test(i.to))
    expect(wrong.map(say)).toEqual([])
  })
})

describe('rules of the house', () => {
  const quiet = all.filter((s) => /^(shared|main\/(modules|db|rpc))\//.test(s.path))

  it('takes time, chance and ids from ctx', () => {
    const wrong = quiet
      .filter((s) =>
        /\b(Date\.now|Math\.random|randomUUID|performance\.now)\(|new Date\(\)/.test(
          s.text.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, ''),
        ),
      )
      .map((s) => s.path)
    expect(wrong).toEqual([])
  })

  it('takes time, chance, timers and ids of sync and its server from outside, so that a simulation can give them', () => {
    const outside = /^server\/(host|main|http|timers)\.ts$/
    const sync = all.filter((s) => /^(shared\/sync|main\/sync|server)\//.test(s.path) && !outside.test(s.path))
    expect(sync.length).toBeGreaterThan(30)
    const wrong = sync
      .filter((s) =>
        /\b(Date\.now|Math\.random|randomUUID|randomBytes|performance\.now|setTimeout|setInterval|setImmediate)\(|new Date\(\)/.test(
          s.text.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, ''),
        ),
      )
      .map((s) => s.path)
    expect(wrong).toEqual([])
  })

  it('never replaces a synced row (its delete trigger would not fire)', () => {
    const wrong = sources(['main'], ['.ts', '.sql']).filter((s) =>
      /\b(INSERT\s+OR\s+REPLACE|REPLACE\s+INTO)\b/.test(s.text),
    )
    expect(wrong.map((s) => s.path)).toEqual([])
  })

  it('keeps no changeable state at module level in main and shared', () => {
    const wrong = all
      .filter((s) => /^(shared|main|server)\//.test(s.path) && !/^main\/(electron|web|cli)\/|worker\.ts$/.test(s.path))
      .filter((s) => /^(export )?let\s/m.test(s.text))
      .map((s) => s.path)
    expect(wrong).toEqual([])
  })

  it('has no file without a concept', () => {
    expect(all.filter((s) => /\/(utils?|helpers?|misc|common)\.tsx?$/.test(s.path)).map((s) => s.path)).toEqual([])
  })
})
