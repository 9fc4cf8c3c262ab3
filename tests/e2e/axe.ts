import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

declare global {
  interface Window {
    axe?: { run(context: Document, options: RunOptions): Promise<AxeResults> }
  }
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds on a page, as texts for a report. Run in the page itself: AxeBuilder brings its script anew and opens a second
 * page for each look, which is most of the time of it.
 * @param only just these rules; all that are on by default when not given
 */
export async function violations(
  page: Page,
  { only, without = [] }: { only?: string[]; without?: string[] },
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const options: RunOptions = {
    resultTypes: ['violations'],
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    ...(only && { runOnly: { type: 'rule' as const, values: only } }),
  }
  return page.evaluate(async (options) => {
    const { violations } = await window.axe!.run(document, options)
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html, failureSummary }) =>
        [`${id} (${help})`, target.join(' '), html.slice(0, 160), failureSummary].join('\n'),
      ),
    )
  }, options)
}

/** A colour on its way from one theme to the other is no colour of the design, so nothing moves here. */
export const showIn = (page: Page, theme: 'light' | 'dark') =>
  page.evaluate((theme) => {
    const still = new CSSStyleSheet()
    still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }')
    document.adoptedStyleSheets = [still]
    document.documentElement.dataset['theme'] = theme
  }, theme)
