import { ContractProcedure } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { contract } from '../../shared/contract/index.ts'
import { PERMISSIONS, type Permission } from '../../shared/domain/roles.ts'
import { sources } from './sources.ts'

interface Named {
  name: string
  permission: Permission | undefined
}
const walk = (node: object, trail: string[] = []): Named[] =>
  Object.entries(node).flatMap(([key, value]) =>
    value instanceof ContractProcedure
      ? [
          {
            name: [...trail, key].join('.'),
            permission: (value['~orpc'].meta as { permission?: Permission }).permission,
          },
        ]
      : walk(value as object, [...trail, key]),
  )
const procedures = walk(contract)
const tests = sources(['tests/integration', 'tests/e2e', 'tests/faults'], ['.ts'])
  .map((s) => s.text)
  .join('\n')

describe('procedures', () => {
  it('each ask for a permission that exists', () => {
    expect(procedures.length).toBeGreaterThan(40)
    expect(procedures.filter((p) => !p.permission || !PERMISSIONS.includes(p.permission))).toEqual([])
  })

  it('each have a test that calls them', () => {
    const untested = procedures.filter((p) => {
      const last = p.name.split('.').at(-1)!
      const module = p.name.split('.')[0]!
      return !tests.includes(`${p.name}(`) && !new RegExp(`${module}\\w*(\\.\\w+)*\\.${last}[(!]`).test(tests)
    })
    expect(untested.map((p) => p.name)).toEqual([])
  })
})
