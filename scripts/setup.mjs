// Runs before `npm start` and `npm test`, under whatever Node is there (18 or later), with nothing installed yet; before the programs of the
// command line without a word, which need the parts and Node 24 and nothing else.

import { getBrowser } from './browser.mjs'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { getPostgres } from './postgres.mjs'

const target = process.argv[2]
install()
if (target === undefined) process.exit()
const built = build('renderer') && build('hosts')
// A broken screen must not hide what the tests of the rest say.
if (!built && target !== 'test') process.exit(1)
if (target === 'test') {
  if (!getBrowser()) {
    process.stderr.write(
      'No Chrome, Chromium or Edge was found or could be installed; set CHROME_PATH to one for the end-to-end tests.\n',
    )
  }
  if (!process.env.TEST_DATABASE_URL && !getPostgres()) {
    process.stderr.write(
      'No PostgreSQL was found or could be installed; set TEST_DATABASE_URL to one. The tests of sync leave it out and say so.\n',
    )
  }
}
