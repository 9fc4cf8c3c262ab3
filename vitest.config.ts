import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longest-first.ts'

export default defineConfig({
  test: {
    include: ['tests/{unit,integration,architecture,faults,desktop,sync,server}/**/*.test.ts'],
    globalSetup: 'tests/support/build.ts',
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second, as it is by itself, is too short for a slow machine that does other things as well.
    expect: { poll: { timeout: 20_000 } },
  },
})
